import Foundation
import OddityDetectors
import OddityModelFiles
import OddityNeuralNetworks
import TestSupport
import Testing

/// Models of series that were damaged or edited after they were written.
@Suite struct SeriesFileTests {
    private let detector: FittedSeriesDetector
    private let archive: ModelArchive
    private let folder: TemporaryFolder

    init() throws {
        detector = try SeriesSamples.quick(.averages).fitted(
            to: SeriesSamples.twoMachines(steps: 75, seed: 1),
            options: SeriesSamples.timedMachines
        )
        archive = try ModelArchive(decoding: detector.encoded())
        folder = try TemporaryFolder()
    }

    private func reading(manifest: Data? = nil, tensors: [Tensor]? = nil) throws
        -> FittedSeriesDetector
    {
        let path = folder.path + "/model.safetensors"
        try ModelArchive(
            manifest: manifest ?? archive.manifest,
            tensors: tensors ?? archive.tensors
        ).write(to: path)
        return try FittedSeriesDetector(reading: path)
    }

    /// The tensors, with the numbers of one of them changed.
    private func tensors(
        changing name: String,
        _ change: (Int, Double) -> Double
    ) throws -> [Tensor] {
        try archive.tensors.map { tensor in
            guard tensor.name == name else { return tensor }
            switch tensor.values {
            case .float32(let values):
                return try Tensor(
                    name: name,
                    shape: tensor.shape,
                    values: values.enumerated().map { Float(change($0, Double($1))) }
                )
            case .float64(let values):
                return try Tensor(
                    name: name,
                    shape: tensor.shape,
                    values: values.enumerated().map(change)
                )
            default: return tensor
            }
        }
    }

    private func expectInconsistent(_ what: String, _ body: () throws -> Void) {
        let error = #expect(throws: (any Error).self, "\(what)", performing: body)
        switch error as? DetectorError {
        case .inconsistentModel, .invalidSetting, .wrongKind: break
        default:
            // The network names the layer that does not fit.
            #expect(
                error is ModelFileError || error is NetworkError,
                "\(what): \(String(describing: error))"
            )
        }
    }

    @Test func unchangedModelsAreRead() throws {
        #expect(try reading().encoded() == detector.encoded())
        // As they are when their manifest is written by other hands.
        let manifest = try edited(archive.manifest, "trainingEntityCount", "2")
        #expect(try reading(manifest: manifest).trainingEntityCount == 2)
    }

    @Test func theRuleAndTheSourceAreKept() throws {
        var changed = detector
        changed.decisionRule = .score(3.5)
        changed.provenance.source = "machines.csv"
        let path = folder.path + "/model.safetensors"
        try changed.write(to: path)
        let read = try FittedSeriesDetector(reading: path)
        #expect(read.decisionRule == .score(3.5) && read.provenance.source == "machines.csv")
        #expect(read.options == detector.options && read.clock == detector.clock)
        #expect(read.window == detector.window && read.configuration == detector.configuration)
        #expect(read.histories == detector.histories && read.histories[0].epochs.count == 2)
    }

    @Test func missingTensorsAreNamed() throws {
        #expect(archive.tensors.count > 15)
        for name in archive.tensors.map(\.name) {
            let error = #expect(throws: (any Error).self, "\(name)") {
                try reading(tensors: archive.tensors.filter { $0.name != name })
            }
            let last = String(name.split(separator: ".").last ?? "")
            #expect(
                error.map { "\($0)".contains(last) } == true,
                "\(name): \(String(describing: error))"
            )
        }
    }

    @Test func tensorsOfOtherShapesAreRefused() throws {
        for tensor in archive.tensors where !tensor.name.hasSuffix("calibration.score") {
            let others = try archive.tensors.map {
                $0.name == tensor.name
                    ? try Tensor(name: $0.name, values: [1, 1] as [Float]) : $0
            }
            expectInconsistent(tensor.name) { _ = try reading(tensors: others) }
        }
        // Without reference steps nothing would be compared.
        for name in ["reference.scores", "reference.features", "calibration.score"] {
            let others = try archive.tensors.map {
                $0.name == name ? try Tensor(name: name, shape: [0], values: [Double]()) : $0
            }
            expectInconsistent("no \(name)") { _ = try reading(tensors: others) }
        }
    }

    @Test(arguments: [
        "members.0.network.layers.1.weight", "members.1.network.layers.3.weight",
        "calibration.factor", "calibration.whitening", "calibration.score", "reference.scores",
        "reference.features", "distances.calibration.factor",
        "distances.members.0.network.layers.1.weight", "distances.calibration.score",
        "distances.reference.features",
    ])
    func editedNumbersAreNoticed(name: String) throws {
        for change in [{ _, x in x * 1.5 + 0.1 }, { _, x in -x - 3 }] as [(Int, Double) -> Double] {
            let changed = try tensors(changing: name, change)
            let error = #expect(throws: (any Error).self, "\(name)") {
                try reading(tensors: changed)
            }
            switch error as? DetectorError {
            case .notReproduced, .inconsistentModel: break
            default:
                #expect(error is ModelFileError, "\(name): \(String(describing: error))")
            }
        }
    }

    @Test func rangesThatAreNoneAreRefused() throws {
        for name in ["members.0.low", "members.1.high"] {
            for change in [
                { _, _ in name.hasSuffix("low") ? 1e30 : -1e30 }, { _, x in -1e3 * x },
            ] as [(Int, Double) -> Double] {
                let changed = try tensors(changing: name, change)
                expectInconsistent(name) { _ = try reading(tensors: changed) }
            }
        }
    }

    private static let claims: [(String, [String?])] = [
        ("detector", [#""autoencoder""#, #""images""#, #""""#, nil]),
        ("window.steps", ["5", "7", "1", "0", "-6", "4096", "9000000000000000000"]),
        ("configuration.windowLength", ["5", "100000", "-1"]),
        ("configuration.folds", ["1", "3", "64", "-2", "9000000000000000000"]),
        ("configuration.network.kind", [#""dense""#, #""lstm""#, #""gru""#, #""none""#]),
        ("configuration.network.kind", [#""convolutional""#]),
        ("configuration.network.target", [#""forecast""#, #""both""#]),
        ("configuration.network.hiddenSizes", ["[7]", "[6,6]", "[4096,4096]", "[]", "[-1]"]),
        ("configuration.network.latentSize", ["4", "0", "-3", "4096", "9000000000000000000"]),
        ("configuration.network.variant", [#"{"plain":{}}"#, "3"]),
        ("configuration.learningRate", ["0", "-1"]),
        ("scaling.center", ["[0]", "[]"]),
        ("scaling.factor.0", ["0", "-1"]),
        ("scaling.spans", ["[6]", "[1.5,7]", "[1.5,6,6]"]),
        ("scaling.starts", ["[0.5]"]),
        ("scaling.starts.0", ["-0.1", "1.1"]),
        ("scaling.activity", ["[]"]),
        ("scaling.activity.0.changeFactor", ["0", "-1"]),
        ("scaling.activity.0.mean", ["1000000"]),
        ("scaling.activity.0.factor", ["0", "-2", "1e9"]),
        ("preparer.columns", ["[]"]),
        ("distances", ["{}"]),
        ("distances.removed", ["[]", #"["load"]"#, #"["load","load","speed","current"]"#]),
        ("distances.removed.0", [#""machine""#, #""speed""#]),
        ("distances.preparer.columns", ["[]"]),
        ("distances.preparer.columns.0.name", [#""speed""#, #""other""#]),
        ("distances.scaling.factor.0", ["0", "-1"]),
        ("distances.scaling.spans", ["[6]"]),
        ("distances.histories", ["[]", "[[]]"]),
        ("distances.histories.0", ["[]"]),
        ("histories", ["[]", "[[]]"]),
        ("calibrationStepCount", ["0", "-1", "1000", "9223372036854775807"]),
        ("trainingStepCount", ["0", "-1", "9223372036854775807"]),
        ("trainingEntityCount", ["0", "-1"]),
        ("clock.interval", ["0", "-1"]),
        ("clock.format", [nil]),
        ("options.timeColumn", [nil]),
        ("options.gapLimit", ["0.5", "-1"]),
        ("options.gapLimit", ["1e308"]),
        ("options.fillLimit", ["-1", "9223372036854775807"]),
        ("options.timeColumn", [#""""#, #""machine""#]),
        ("options.entityColumn", [#""""#]),
        ("configuration.preparation.clippingLimit", ["-1", "0", "59", "1e308"]),
        ("configuration.preparation.scaling", [#""none""#]),
        ("histories.0", ["[]"]),
        ("histories.0.0.learningRate", ["-1", "1e308"]),
        ("preparer.columns.0.name", [#""""#]),
        ("producer", [#""""#]),
        ("decisionOrigin", [#"{"alarmsPerDay":{"_0":0}}"#]),
        ("decisionRule", ["{}", nil]),
    ]

    @Test func claimsThatDoNotFitAreRefused() throws {
        for (path, values) in SeriesFileTests.claims {
            #expect(!values.isEmpty)
            for value in values {
                let manifest = try edited(archive.manifest, path, value)
                expectInconsistent("\(path) = \(value ?? "nothing")") {
                    _ = try reading(manifest: manifest)
                }
            }
        }
    }

    @Test func aSeriesWithoutFeaturesIsRefused() throws {
        var manifest = try edited(archive.manifest, "preparer.columns", "[]")
        for part in ["center", "factor", "starts", "activity"] {
            manifest = try edited(manifest, "scaling." + part, "[]")
        }
        let tensors = try archive.tensors.map { tensor in
            guard
                tensor.name.hasPrefix("calibration.") || tensor.name.hasSuffix("low")
                    || tensor.name.hasSuffix("high"), !tensor.name.hasSuffix("score")
            else { return tensor }
            return try Tensor(
                name: tensor.name,
                shape: tensor.shape.map { _ in 0 },
                values: [Float]()
            )
        }
        expectInconsistent("no features") { _ = try reading(manifest: manifest, tensors: tensors) }
    }
}
