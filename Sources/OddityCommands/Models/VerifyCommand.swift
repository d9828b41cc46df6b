internal import ArgumentParser
internal import OddityDetectors

/// `oddity verify`.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check that a model is whole and reproduces its reference scores."
    )

    @Argument(help: "The model that fit wrote.")
    var model: String

    @Flag(help: "Print what the model is as JSON.")
    var json = false

    func run() throws {
        try CommandFailure.reporting(file: model) {
            let (summary, sizes): (any Encodable, String)
            switch try readModel(model) {
            case .table(let detector):
                summary = ModelSummary(detector)
                sizes =
                    "\(counted(detector.memberCount, "member")), "
                    + counted(detector.heldOut.count, "calibration row")
            case .images(let detector):
                summary = ImageModelSummary(detector)
                sizes =
                    "\(counted(detector.memberCount, "member")), "
                    + counted(detector.heldOut.count, "calibration image")
            case .series(let detector):
                summary = SeriesModelSummary(detector)
                sizes =
                    "\(counted(detector.memberCount, "member")), "
                    + counted(detector.heldOut.count, "calibration step")
            }
            let verdict = "\(model): whole, and reproduces its reference scores (\(sizes))"
            try json
                ? Console.printText(OddityCommands.json(summary)) : Console.print(verdict)
        }
    }
}
