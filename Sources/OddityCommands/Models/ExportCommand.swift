internal import ArgumentParser
internal import OddityDetectors
internal import OddityFiles
internal import OddityONNX
internal import OddityRecords

/// `oddity export`.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a model of tables in a format of others: ONNX.",
        discussion: """
            An ONNX file scores rows wherever there is an engine for it, such as onnxruntime, without Oddity:

              oddity export model.safetensors --onnx model.onnx

            Of a table it has one input for each column, by its name and of shape [rows, 1]: numbers of double precision, \
            NaN where one is missing, and categories as strings, empty where one is missing. Of images it has one input, \
            pixels, of shape [rows, channels, height, width]: numbers from 0 to 1 of single precision, in the size that \
            the model looks at. Its outputs are label (1 for an anomaly), scores and p_value. Scores agree with those of \
            oddity score to about a ten-thousandth.
            """
    )

    @Argument(help: "The model that fit wrote.")
    var model: String

    @Option(help: ArgumentHelp("The ONNX file to write.", valueName: "file"))
    var onnx: String

    func validate() throws {
        try checkOutput(onnx, isNoneOf: [model])
    }

    func run() throws {
        try CommandFailure.reporting(file: model) {
            try OutputFile.checkCanWrite(to: onnx)
            let detector = try readModel(model)
            try ONNXModel(detector).write(to: onnx)
            Console.error(FitReport.line("onnx", onnx))
        }
    }
}
