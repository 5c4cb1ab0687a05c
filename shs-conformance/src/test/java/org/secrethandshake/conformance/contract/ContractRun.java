package org.secrethandshake.conformance.contract;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * One run of a contract through the JUnit Platform, as a build tool would run it, and what an
 * author would then read.
 */
final class ContractRun implements TestExecutionListener {
  private final List<Failure> failures = new ArrayList<>();
  private int passed;

  private ContractRun() {}

  /** Runs every test of a class. */
  static ContractRun of(Class<?> contract) {
    return of(contract, part -> true);
  }

  /** Runs the tests in those nested classes, such as {@code Verify}, that are chosen. */
  static ContractRun of(Class<?> contract, Predicate<String> parts) {
    ContractRun run = new ContractRun();
    PostDiscoveryFilter filter =
        test ->
            FilterResult.includedIf(
                !(test.getSource().orElse(null) instanceof MethodSource method)
                    || parts.test(method.getJavaClass().getSimpleName()));
    LauncherFactory.create()
        .execute(request().selectors(selectClass(contract)).filters(filter).build(), run);
    return run;
  }

  /** How many tests passed. */
  int passed() {
    return passed;
  }

  List<Failure> failures() {
    return failures;
  }

  /** The methods of which at least one case failed, such as {@code Auth.takesAnyMessage}. */
  Set<String> accused() {
    Set<String> methods = new TreeSet<>();
    failures.forEach(failure -> methods.add(failure.method()));
    return methods;
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
      failures.add(
          new Failure(
              method(test.getSource().orElse(null)),
              test.getDisplayName(),
              result.getThrowable().map(Throwable::toString).orElse("")));
    } else if (test.isTest()) {
      passed++;
    }
  }

  private static String method(TestSource source) {
    return source instanceof MethodSource method
        ? method.getJavaClass().getSimpleName() + "." + method.getMethodName()
        : String.valueOf(source);
  }

  /**
   * A failed test.
   *
   * @param method the part of the contract and the method
   * @param name what the report calls the case
   * @param reason the exception, with its message
   */
  record Failure(String method, String name, String reason) {
    boolean says(String text) {
      return toString().contains(text);
    }
  }
}
