internal import ArgumentParser
internal import OddityDetectors
internal import OddityRecords

extension Contamination {
    /// `auto`, `none`, or a share above 0 and below ½.
    init(option text: String) throws {
        guard let value = Contamination(named: text) else {
            throw ValidationError(
                "--contamination takes auto, none, or a share above 0 and below 0.5"
            )
        }
        self = value
    }
}
