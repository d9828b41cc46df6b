import Foundation
import OddityDetectors
import OddityModelFiles
import TestSupport
import Testing

/// Models of tables whose manifest says what no fit writes; each is refused with what is wrong in it.
@Suite struct ImpossibleModelTests {
    private let archive: ModelArchive

    init() throws {
        var settings = Samples.autoencoder
        settings.folds = 2
        settings.epochs = 2
        settings.gradientClipping = 5
        archive = try ModelArchive(
            decoding: settings.fitted(to: Samples.normal(rows: 40, seed: 1)).encoded()
        )
    }

    private func read(_ manifest: Data) throws {
        _ = try FittedTableDetector(
            decoding: ModelArchive(manifest: manifest, tensors: archive.tensors).encoded()
        )
    }

    /// A place in the manifest, values that cannot be there, and words of the error.
    private static let claims: [(String, [String], String)] = [
        ("configuration.optimizer.adam.beta1", ["-1", "1", "1e308"], "beta1 is"),
        ("configuration.optimizer.adam.beta2", ["-0.5", "1.5"], "beta2 is"),
        ("configuration.optimizer.adam.epsilon", ["0", "-1", "1e308"], "epsilon is"),
        ("configuration.optimizer.adam.weightDecay", ["-1", "1e308"], "weight decay is"),
        ("configuration.schedule", [#"{"cosine":{"finalFraction":-1}}"#], "final fraction"),
        ("configuration.schedule", [#"{"step":{"epochs":0,"factor":0.1}}"#], "every 0 epochs"),
        ("configuration.schedule", [#"{"step":{"epochs":3,"factor":2}}"#], "factor is 2.0"),
        ("configuration.learningRate", ["0", "-1", "1e308"], "learning rate is"),
        ("configuration.gradientClipping", ["0", "-1", "1e308"], "gradient clipping is"),
        ("configuration.loss", [#""huber(-1)""#, #""huber(0)""#], "Huber loss is"),
        ("configuration.epochs", ["1"], "2 epochs of at most 1"),
        ("configuration.storedRows", ["false"], "compares rows with those of training"),
        ("configuration.preparation.clippingLimit", ["19", "1e308"], "deviations from the mean"),
        ("configuration.preparation.scaling", [#""min-max""#, #""none""#], "the middle"),
        ("configuration.preparation.missingValues", [#""mean""#], "stands for missing values"),
        ("decisionOrigin", [#"{"alarmsPerDay":{"_0":-1}}"#], "-1.0 alarms a day"),
        ("decisionOrigin", [#"{"heldOut":{"_0":{"quantile":{"_0":7}}}}"#], "quantile=7"),
        (
            "decisionOrigin",
            [
                #"{"labeled":{"_0":{"bestF":{"beta":-1}},"count":9,"anomalyCount":3}}"#
            ], "was chosen by"
        ),
        ("evidenceSurprise", ["-1", "1e308", "1"], "its evidence weighs"),
        ("trainingRowCount", ["41", "39"], "its evidence weighs"),
        ("trainingRowCount", ["-1", "9223372036854775807"], "it was trained on"),
        ("producer", [#""""#, #""x\n""#], "which release"),
        ("histories", ["[]"], "0 training histories for 2 members"),
        ("histories.0", ["[]"], "trained for no epoch"),
        ("histories.0.0.trainingLoss", ["-1"], "has the loss -1.0"),
        ("histories.0.0.validationLoss", ["-1"], "has the loss -1.0"),
        ("histories.0.0.learningRate", ["-1", "1e308"], "epoch 1 has the learning rate"),
        ("preparer.columns.0.name", [#""""#], "column 1 has no name"),
        ("preparer.columns.0.name", [#""load""#], "column \"load\" comes twice"),
        ("preparer.columns.0.encoder.numeric._0.scale", ["1e308", "2"], "and the scale"),
        ("preparer.columns.0.encoder.numeric._0.center", ["1", "-1"], "has the middle"),
        ("preparer.columns.0.encoder.numeric._0.high", ["1", "0"], "has limits"),
        ("preparer.columns.0.encoder.numeric._0.fill", ["100000"], "is filled with 100000.0"),
        ("preparer.columns.0.encoder.numeric._0.missingShare", ["0.5"], "share of missing values"),
        (
            "preparer.columns.4.encoder.categorical._0.levels",
            [#"["up","down"]"#, #"["up","up"]"#], "level"
        ),
        ("preparer.columns.4.encoder.categorical._0.shares", ["[0.9,0.9]"], "add up to 1"),
        ("preparer.columns.4.encoder.categorical._0.centers", ["[0,0]"], "centers and a scale"),
        ("preparer.columns.4.encoder.categorical._0.scale", ["1e308"], "centers and a scale"),
        ("preparer.columns.5.encoder.numeric._0.fill", ["4"], "has other values"),
    ]

    @Test func claimsThatNoFitWritesAreRefused() throws {
        try read(archive.manifest)
        for (path, values, words) in Self.claims {
            #expect(!values.isEmpty)
            for value in values {
                let manifest = try edited(archive.manifest, path, value)
                let error = #expect(throws: (any Error).self, "\(path) = \(value)") {
                    try read(manifest)
                }
                let text = error.map { "\($0)" } ?? ""
                #expect(text.contains(words), "\(path) = \(value): \(text)")
                #expect(!text.contains("\n"))
            }
        }
    }

    @Test(arguments: [
        (#""folds":2"#, #""principalComponents":{"count":{"_0":0}}"#, "principal components"),
        (#""folds":2"#, #""principalComponents":{"variance":{"_0":2}}"#, "of the variance"),
        (#""missingIsLevel":false"#, #""codeLength":128"#, "codes of 128 numbers for 2 levels"),
        (#""trainingRowCount":40"#, #""leftOutRowCount":-1"#, "were left out"),
        (#""trainingRowCount":40"#, #""leftOutRowCount":9223372036854775807"#, "were left out"),
    ])
    func whatIsAddedIsCheckedToo(_ old: String, _ new: String, _ words: String) throws {
        let text = String(decoding: archive.manifest, as: UTF8.self)
        #expect(text.contains(old))
        let changed = text.replacingOccurrences(of: old, with: "\(new),\(old)")
        let error = #expect(throws: (any Error).self) { try read(Data(changed.utf8)) }
        #expect(error.map { "\($0)".contains(words) } == true, "\(String(describing: error))")
    }

    @Test func whatComesTwiceIsRefused() throws {
        let manifest = try JSONSerialization.jsonObject(with: archive.manifest) as? [String: Any]
        let histories = try #require(manifest?["histories"] as? [Any])
        let doubled = try JSONSerialization.data(withJSONObject: histories + histories)
        let changed = try edited(
            archive.manifest,
            "histories",
            String(decoding: doubled, as: UTF8.self)
        )
        #expect(
            throws: DetectorError.inconsistentModel("it has 4 training histories for 2 members")
        ) { try read(changed) }
    }
}
