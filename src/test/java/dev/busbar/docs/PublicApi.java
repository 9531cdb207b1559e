package dev.busbar.docs;

import dev.busbar.Internal;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The classes for applications, as the table of library.md lists them, and their members. */
final class PublicApi {

    /** One line for each signature; {@code .ci/api} reads it too. */
    static final Path KEPT = Path.of("src/test/resources/dev/busbar/docs/public-api.txt");

    private static final Path PAGE = Path.of("src/site/markdown/library.md");
    private static final Pattern ROW = Pattern.compile("\\| (?:`(dev\\.busbar[\\w.]*)` )?\\|((?: `\\w+`)+) \\|.*");

    private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");

    private PublicApi() {}

    /** The listed classes by name, without those nested in them. */
    static TreeSet<String> names() {
        var names = new TreeSet<String>();
        var group = "";
        for (var line : Page.of(PAGE).prose()) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                group = row.group(1) == null ? group : row.group(1);
                for (var name : row.group(2).replace("`", "").strip().split(" ")) {
                    names.add(group + "." + name);
                }
            }
        }
        return names;
    }

    /** The listed classes and what is public in them. */
    static List<Class<?>> classes() {
        var classes = new ArrayList<Class<?>>();
        names().forEach(name -> addWithNested(load(name), classes));
        return classes;
    }

    private static void addWithNested(Class<?> type, List<Class<?>> classes) {
        classes.add(type);
        Stream.of(type.getDeclaredClasses())
                .filter(nested -> isVisible(nested.getModifiers()))
                .forEach(nested -> addWithNested(nested, classes));
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PublicApi.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(PAGE + " lists " + name + ", which does not exist", e);
        }
    }

    /** One line for each type and each of its members, in order. */
    static List<String> signatures() {
        var lines = new TreeSet<String>();
        classes().forEach(type -> {
            lines.add(declaration(type));
            members(type).forEach(member -> lines.add(type.getTypeName() + ": " + signature(member)));
        });
        return List.copyOf(lines);
    }

    private static String declaration(Class<?> type) {
        var supertypes = supertypes(type).map(Type::getTypeName).toList();
        return type.getTypeName() + " " + Modifier.toString(type.getModifiers())
                + (supertypes.isEmpty() ? "" : " extends " + String.join(", ", supertypes));
    }

    private static Stream<Type> supertypes(Class<?> type) {
        var superclass = type.getSuperclass();
        return Stream.concat(
                superclass != null && isHidden(superclass)
                        ? supertypes(superclass)
                        : Stream.ofNullable(type.getGenericSuperclass()),
                Stream.of(type.getGenericInterfaces()));
    }

    private static String signature(Member member) {
        var text = member instanceof Executable code ? code.toGenericString() : member.toString();
        return text.replace(member.getDeclaringClass().getTypeName() + ".", "");
    }

    /** Those that a class inherits from one that is not public count as its own. */
    private static List<Member> members(Class<?> type) {
        var members = new ArrayList<Member>();
        for (var at = type; at != null && (at == type || isHidden(at)); at = at.getSuperclass()) {
            members.addAll(List.of(at.getDeclaredConstructors()));
            members.addAll(List.of(at.getDeclaredMethods()));
            members.addAll(List.of(at.getDeclaredFields()));
        }
        members.removeIf(member -> !isVisible(member.getModifiers())
                || member.isSynthetic()
                || OF_EVERY_OBJECT.contains(member.getName())
                || ((AnnotatedElement) member).isAnnotationPresent(Internal.class));
        return members;
    }

    private static boolean isHidden(Class<?> type) {
        return type.getName().startsWith("dev.busbar.") && !Modifier.isPublic(type.getModifiers());
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }
}
