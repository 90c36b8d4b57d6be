package io.seidex.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

class OneLineTest {
    @Test
    void shouldSayWhatFailedAndWhy() {
        assertEquals("/x/lock: permission denied", OneLine.of(new AccessDeniedException("/x/lock")));
        assertEquals("/x: too many links", OneLine.of(new FileSystemException("/x", null, "too many links")));
        assertEquals("No space left on device", OneLine.of(new IOException("No space left on device")));
        assertEquals("IOException", OneLine.of(new IOException()));
    }

    @Test
    void shouldLeaveNothingThatBreaksTheLine() {
        assertEquals("キャプチャ 1.pcap", OneLine.of("キャプチャ 1.pcap"));
        assertEquals("a\\nb\\r\\t\\x1b[2J\\x00\\x7f\\x9b", OneLine.of("a\nb\r\t\u001b[2J\0\u007f\u009b"));
    }
}
