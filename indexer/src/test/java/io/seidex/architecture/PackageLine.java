package io.seidex.architecture;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * The line of packages under one root, and what passes through which door. Reads class files, so it sees what the compiler
 * wrote: every check answers with its violations, one sentence each, and no violation is an empty list.
 *
 * @param root the package that holds the line, such as {@code io.seidex}
 * @param names its packages; each imports only from those on its left
 * @param classes what the compiler made of them
 */
public record PackageLine(String root, List<String> names, JavaClasses classes) {

    /** A library that only some packages may use: whoever writes {@code package}, and what lies below it. */
    public record Door(String library, Set<String> packages) {}

    /** Allocates or searches text where every packet passes: a type, or a method of one. */
    public record Ban(String what, Set<String> packages) {}

    /** The line of the classes in a folder. */
    public static PackageLine of(String root, List<String> names, Path folder) {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new PackageLine(root, names, new ClassFileImporter().importPath(folder));
    }

    /** Packages of the root that have no place in the line. */
    public List<String> homeless() {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : classes) {
            if (isInRoot(type.getPackageName()) && !names.contains(home(type))) {
                found.add(type.getPackageName() + " has no place in the line");
            }
        }
        return List.copyOf(found);
    }

    /** Imports from the right. */
    public List<String> importsFromTheRight() {
        return violations((dependency, found) -> {
            int from = names.indexOf(home(dependency.getOriginClass()));
            int to = names.indexOf(home(dependency.getTargetClass()));
            if (from >= 0 && to > from) {
                found.add(names.get(from) + " imports from its right: " + dependency.getDescription());
            }
        });
    }

    /** Uses of a library by a package that is not a door to it. */
    public List<String> besidesTheDoors(List<Door> doors) {
        return violations((dependency, found) -> {
            for (Door door : doors) {
                if (isIn(dependency.getTargetClass().getPackageName(), door.library())
                        && !door.packages().contains(home(dependency.getOriginClass()))) {
                    found.add(door.library() + " has its door elsewhere: " + dependency.getDescription());
                }
            }
        });
    }

    /** Uses of a banned type, and calls of a banned method ({@code type#method}). */
    public List<String> banned(List<Ban> bans) {
        List<String> found = violations((dependency, out) -> {
            for (Ban ban : bans) {
                if (isIn(dependency.getTargetClass().getBaseComponentType().getName(), ban.what())
                        && ban.packages().contains(home(dependency.getOriginClass()))) {
                    out.add(ban.what() + " in a hot package: " + dependency.getDescription());
                }
            }
        });
        for (JavaClass type : classes) {
            for (JavaMethodCall call : type.getMethodCallsFromSelf()) {
                String method = call.getTargetOwner().getName() + "#" + call.getTarget().getName();
                for (Ban ban : bans) {
                    if (ban.what().equals(method) && ban.packages().contains(home(type))) {
                        found.add(ban.what() + " in a hot package: " + call.getDescription());
                    }
                }
            }
        }
        return found;
    }

    /** Folders of sources without a {@code package-info.java}, where contracts live. */
    public static List<String> undescribed(Path sources) throws IOException {
        Set<String> found = new TreeSet<>();
        try (var files = Files.walk(sources)) {
            for (Path file : (Iterable<Path>) files.filter(path -> path.toString().endsWith(".java"))::iterator) {
                if (!Files.exists(file.resolveSibling("package-info.java"))) {
                    found.add(file.getParent() + " has no package-info.java");
                }
            }
        }
        return List.copyOf(found);
    }

    private List<String> violations(BiConsumer<Dependency, List<String>> check) {
        List<String> found = new ArrayList<>();
        for (JavaClass type : classes) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                check.accept(dependency, found);
            }
        }
        return found;
    }

    /** The package of the line that a class belongs to; empty outside the root. */
    private String home(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        if (!isInRoot(name) || name.length() == root.length()) {
            return "";
        }
        String below = name.substring(root.length() + 1);
        int dot = below.indexOf('.');
        return dot < 0 ? below : below.substring(0, dot);
    }

    private boolean isInRoot(String name) {
        return isIn(name, root);
    }

    private static boolean isIn(String name, String parent) {
        return name.startsWith(parent)
                && (name.length() == parent.length() || ".$".indexOf(name.charAt(parent.length())) >= 0);
    }
}
