internal import ArgumentParser
internal import OddityDatasets
internal import OddityDetectors
internal import OddityFiles
internal import OddityRecords

/// `oddity import`.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Make a model of an autoencoder that was trained elsewhere, as with PyTorch.",
        discussion: """
            The network gets what it lacks: calibrated scores, p-values, a threshold and reasons.

              oddity import weights.safetensors --layers layers.json --data normal.csv --output model.safetensors

            NETWORK has the weights of dense layers, of single precision, by any names; layers.json says what they are:

              {"columns": ["speed", "load"], "means": [7, 2], "scales": [3, 0.5],
               "layers": [{"weight": "0.weight", "bias": "0.bias", "activation": "relu"},
                          {"weight": "2.weight", "bias": "2.bias"}]}

            A weight is [outputs, inputs], as torch.nn.Linear has it. Without means and scales the network takes columns as they \
            are. All rows of DATA calibrate it, so the asked false-alarm rate holds for rows like them, if the network was \
            not trained on them. A row is judged by how badly it is rebuilt.
            """
    )

    @Argument(help: "The weights, a safetensors file.")
    var network: String

    @Option(help: ArgumentHelp("What the weights are, a JSON file.", valueName: "file"))
    var layers: String

    @Option(
        help: ArgumentHelp("Normal rows that the network was not trained on.", valueName: "normal")
    )
    var data: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The model to write.", valueName: "model")
    )
    var output: String

    func validate() throws {
        try checkOutput(output, isNoneOf: [network, layers, data])
    }

    func run() throws {
        try CommandFailure.reporting(file: data) {
            try OutputFile.checkCanWrite(to: output)
            let network = try readNetwork(network, layers: layers)
            var detector = try TableDetector.calibrated(network, on: rows(for: network))
            detector.provenance.source = fileName(data)
            try detector.write(to: output)
            let sizes = detector.layerSizes.map(String.init).joined(separator: "–")
            Console.error(FitReport.line("network", "\(sizes), trained elsewhere"))
            Console.error(
                FitReport.line(
                    "calibration",
                    "\(detector.calibrationText) of \(fileName(data)), none of which the network may have been trained on"
                )
            )
            Notices.show(detector.unreachableRate)
            Console.error(FitReport.line("model", output))
        }
    }

    /// The rows, with the network's columns as numbers.
    private func rows(for network: ImportedNetwork) throws -> Table {
        let columns = network.description.columns
        let reader = try openTable(data, ReadingOptions())
        try reader.select(
            Schema(columns: columns.map { ColumnSchema(name: $0, kind: .numeric) })
        )
        var chunks: [Table] = []
        while let chunk = try reader.nextChunk() { chunks.append(chunk) }
        return try Table.joining(chunks)
    }
}
