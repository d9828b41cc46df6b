/// What a command tells of rows that nothing was learned from.
package enum LeftOutText {
    /// So many rows, as part of a sentence; nil for none.
    package static func sentence(_ count: Int, _ noun: String = "row") -> String? {
        guard count > 0 else { return nil }
        return "\(counted(count, noun)) so far out that nothing was learned from "
            + (count == 1 ? "it" : "them")
    }
}
