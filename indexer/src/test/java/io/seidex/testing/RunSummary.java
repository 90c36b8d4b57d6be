package io.seidex.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Says at the end of a run which tests did not run and why, one line a reason: Surefire only counts them. A test that needs
 * a program or a folder that is absent is skipped by an assumption whose message names what is missing. What tests publish
 * of themselves is said there, too.
 */
public final class RunSummary implements TestExecutionListener {
    private static final String PREFIX = "Assumption failed: ";

    private final Map<String, Skipped> reasons = new TreeMap<>();
    private final List<String> published = new ArrayList<>();

    private static final class Skipped {
        private String first;
        private int count;
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        add(test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == Status.ABORTED) {
            String reason = result.getThrowable().map(Throwable::getMessage).orElse("no reason given");
            add(test, reason.startsWith(PREFIX) ? reason.substring(PREFIX.length()) : reason);
        }
    }

    @Override
    public synchronized void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        entry.getKeyValuePairs().forEach((key, value) -> published.add(key + " " + value));
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        published.forEach(System.out::println);
        for (Map.Entry<String, Skipped> entry : reasons.entrySet()) {
            Skipped skipped = entry.getValue();
            String others = skipped.count == 1 ? "" : " and " + (skipped.count - 1) + " more";
            System.out.println("SKIPPED " + skipped.first + others + ": " + entry.getKey());
        }
    }

    private synchronized void add(TestIdentifier test, String reason) {
        Skipped skipped = reasons.computeIfAbsent(reason, key -> new Skipped());
        if (skipped.count++ == 0) {
            skipped.first = name(test);
        }
    }

    private static String name(TestIdentifier test) {
        return switch (test.getSource().orElse(null)) {
            case MethodSource method -> simple(method.getClassName()) + "." + method.getMethodName();
            case ClassSource type -> simple(type.getClassName());
            case null, default -> test.getDisplayName();
        };
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
