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
