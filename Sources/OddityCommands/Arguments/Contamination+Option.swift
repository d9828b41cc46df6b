internal import ArgumentParser
internal import OddityDetectors

extension Contamination {
    /// `auto`, `none`, or a share above 0 and below ½.
    init(option text: String) throws {
        switch text {
        case "auto": self = .auto
        case "none": self = .none
        default:
            guard let share = Double(text), share > 0, share < 0.5 else {
                throw ValidationError(
                    "--contamination takes auto, none, or a share above 0 and below 0.5"
                )
            }
            self = .share(share)
        }
    }
}

/// What a command tells of rows that nothing was learned from.
enum LeftOutText {
    /// So many rows, as part of a sentence; nil for none.
    static func sentence(_ count: Int, _ noun: String = "row") -> String? {
        guard count > 0 else { return nil }
        return "\(counted(count, noun)) so far out that nothing was learned from "
            + (count == 1 ? "it" : "them")
    }
}
