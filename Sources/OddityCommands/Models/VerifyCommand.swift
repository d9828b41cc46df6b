internal import ArgumentParser
internal import OddityDetectors
internal import OddityRecords

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
            let description = ModelDescription(try readModel(model))
            try json
                ? Console.printText(description.json())
                : Console.print(
                    "\(model): whole, and reproduces its reference scores (\(description.sizes))"
                )
        }
    }
}
