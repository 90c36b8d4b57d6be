package io.seidex.dictionary;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Which elements stand in a message or in a group, and as what. Immutable, in the order of the specification. */
public final class Roles implements Iterable<Role> {
    static final Roles NONE = new Roles("", List.of());

    private final String clause;
    private final List<Role> roles;

    Roles(String clause, List<Role> roles) {
        this.clause = clause;
        this.roles = List.copyOf(roles);
    }

    /** The table of the specification; empty if it is not known. */
    public String clause() {
        return clause;
    }

    /** Whether nothing is known of what stands there. */
    public boolean isEmpty() {
        return roles.isEmpty();
    }

    /**
     * Every role that an element may have there: several where only its content or its order tells them apart, as with
     * the FQ-CSIDs of PFCP; none if the specification does not have it there.
     */
    public List<Role> of(int enterprise, int type, int instance) {
        List<Role> found = new ArrayList<>();
        for (Role role : roles) {
            if (role.isOf(enterprise, type, instance)) {
                found.add(role);
            }
        }
        return found;
    }

    /** What an element is called there; empty if it has no role, or several. */
    public String name(int enterprise, int type, int instance) {
        String name = "";
        for (Role role : roles) {
            if (role.isOf(enterprise, type, instance)) {
                if (!name.isEmpty()) {
                    return "";
                }
                name = role.name();
            }
        }
        return name;
    }

    @Override
    public Iterator<Role> iterator() {
        return roles.iterator();
    }
}
