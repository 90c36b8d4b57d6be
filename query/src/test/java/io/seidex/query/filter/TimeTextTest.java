package io.seidex.query.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.ZoneId;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    @ParameterizedTest
    @CsvSource({"0, 0", "1.5, 1500000000", "1591863459.892699983, 1591863459892699983", "-5.5, -5500000000",
        "010, 10000000000"})
    void shouldReadEpochs(String text, long nanos) {
        assertEquals(OptionalLong.of(nanos), TimeText.epoch(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".5", "1.", "1.1234567891", "0x10", "1e9", "1 ", "-", "999999999999", "2020-01-01"})
    void shouldRefuseOtherEpochs(String text) {
        assertEquals(OptionalLong.empty(), TimeText.epoch(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "2020-06-11 17:17:39.892699983 | 1591863459892699983",
        "2020-06-11T08:17:39.892699983Z | 1591863459892699983",
        "2020-06-11 08:17:39.892699983 UTC | 1591863459892699983",
        "2020-06-11 10:17:39.892699983+02:00 | 1591863459892699983",
        "2020-06-11 06:17:39.892699983-0200 | 1591863459892699983",
        "2020-06-11 06:17:39.892699983 -02 | 1591863459892699983",
        "Jun 11, 2020 08:17:39.892699983 UTC | 1591863459892699983",
        "Jun  1, 2020 08:00:00 UTC | 1590998400000000000",
        "2020-06-11 08:17Z | 1591863420000000000",
        "2020-06-11 08Z | 1591862400000000000",
        "2020-06-11Z | 1591833600000000000",
        "2020-06-11 | 1591801200000000000",
        "2016-12-31 23:59:60Z | 1483228800000000000",
        "1960-01-01Z | -315619200000000000",
    })
    void shouldReadDates(String text, long nanos) {
        assertEquals(OptionalLong.of(nanos), TimeText.absolute(text, TOKYO));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2020", "2020-06", "2020-13-01", "2020-02-30", "2020-06-11 25:00", "2020-06-11 08:60",
        "2020-06-11 08:17:61", "2020-06-11 08:17:39 JST", "Jun 11, 2020", "Jum 11, 2020 08:00:00", "11 Jun 2020",
        "1591863459", "2020-06-11T", "2020-06-11 08:17:39.", "2020-06-11 +9", "9999-01-01"})
    void shouldRefuseOtherDates(String text) {
        assertEquals(OptionalLong.empty(), TimeText.absolute(text, TOKYO));
    }
}
