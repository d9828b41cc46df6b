internal import OddityDatasets
package import OddityDetectors
internal import OddityNeuralNetworks
internal import OddityPreprocessing
package import OddityReports

/// What a model is, in sections of names and values: for `inspect` and the report.
package struct ModelCard {
    package let sections: [ModelCardSection]

    package init(sections: [ModelCardSection]) {
        self.sections = sections
    }

    package init(_ detector: FittedTableDetector) {
        sections = [
            ModelCard.data(detector), ModelCard.network(detector), ModelCard.training(detector),
            ModelCard.calibration(detector), ModelCard.provenance(detector),
        ]
    }

    /// The sections as lines of text.
    package var lines: [String] {
        sections.flatMap { section in
            [section.title]
                + aligned(section.entries.map { ["  " + $0.name, $0.value] }) + [""]
        }
    }

    private static func section(
        _ title: String,
        _ entries: [(String, String)]
    ) -> ModelCardSection {
        ModelCardSection(title: title, entries: entries.map { .init(name: $0.0, value: $0.1) })
    }

    private static func data(_ detector: FittedTableDetector) -> ModelCardSection {
        let columns = detector.preparer.columns
        func names(_ kind: (PreparedColumn) -> Bool) -> String {
            let names = columns.filter(kind).map(\.name)
            return names.isEmpty ? "none" : "\(names.count): \(names.joined(separator: ", "))"
        }
        return section(
            "Data",
            [
                ("rows", grouped(detector.provenance.trainingCount)),
                ("left out as far out", grouped(detector.provenance.leftOutCount)),
                ("numeric columns", names { $0.kind == .numeric }),
                ("categorical columns", names { $0.kind == .categorical }),
                ("columns of times", names { $0.kind == .time }),
                ("only watched for change", names(\.isOnlyWatched)),
                ("scaling", detector.configuration.preparation.scaling.rawValue),
                ("missing values", detector.configuration.preparation.missingValues.rawValue),
                (
                    "clipped at",
                    "\(decimals(detector.configuration.preparation.clippingLimit, 1)) deviations"
                ),
            ]
        )
    }

    private static func network(_ detector: FittedTableDetector) -> ModelCardSection {
        let configuration = detector.configuration
        if configuration.importedLayers != nil {
            return section(
                "Network",
                [
                    ("layers", detector.layerSizes.map(String.init).joined(separator: "–")),
                    ("parameters", grouped(detector.parameterCount)),
                ]
            )
        }
        return section(
            "Network",
            [
                (
                    "principal components",
                    detector.analysis.map {
                        "\($0.componentCount) of \($0.featureCount), "
                            + "\(percent($0.explainedShare.reduce(0, +))) of the variance"
                    } ?? "none"
                ),
                ("layers", detector.layerSizes.map(String.init).joined(separator: "–")),
                (
                    "variant",
                    configuration.variant.name + (configuration.tiedWeights ? ", tied weights" : "")
                ),
                (
                    "residual blocks",
                    configuration.residualBlocks == 0
                        ? "none" : "\(configuration.residualBlocks) after each hidden layer"
                ),
                ("activation", configuration.activation.name),
                ("output activation", configuration.outputActivation.name),
                ("parameters", "\(grouped(detector.parameterCount)) in each member"),
                ("members", String(detector.memberCount)),
                ("dropout", "\(configuration.dropout)"),
                ("batch normalization", configuration.batchNormalization ? "yes" : "no"),
            ]
        )
    }

    private static func training(_ detector: FittedTableDetector) -> ModelCardSection {
        let configuration = detector.configuration
        if configuration.importedLayers != nil {
            return section("Training", [("trained", "elsewhere, and imported")])
        }
        let epochs = detector.histories.map { history in
            "\(history.epochs.count) (best \(history.kept.map { String($0.epoch) } ?? "–"))"
        }
        return section(
            "Training",
            [
                ("loss", configuration.loss.name),
                ("optimizer", optimizer(configuration.optimizer)),
                ("learning rate", "\(configuration.learningRate)"),
                ("batch size", String(configuration.batchSize)),
                ("epochs", epochs.joined(separator: ", ")),
                ("seed", String(configuration.seed)),
            ]
        )
    }

    private static func optimizer(_ optimizer: Optimizer) -> String {
        switch optimizer {
        case .sgd(let momentum, let decay): "sgd, momentum \(momentum), weight decay \(decay)"
        case .adam(_, _, _, let decay): "adam, weight decay \(decay)"
        case .adamW(_, _, _, let decay): "adamw, weight decay \(decay)"
        }
    }

    private static func calibration(_ detector: FittedTableDetector) -> ModelCardSection {
        section(
            "Calibration",
            [
                ("odd is", meaning(of: detector.configuration.scoring)),
                ("code distance", codeDistance(detector.configuration)),
            ] + detector.calibrationEntries
        )
    }

    /// What makes a row odd: the option's name, and what it means.
    private static func meaning(of scoring: TableDetector.Scoring) -> String {
        let meaning =
            switch scoring {
            case .residual: "what the network cannot rebuild"
            case .code: "a code far from those of the training"
            case .residualAndCode:
                "what the network cannot rebuild, or a code far from those of the training"
            case .elbo: "improbable by the evidence lower bound"
            case .reconstructionProbability: "improbable by what the network rebuilds"
            }
        return "\(scoring.rawValue): \(meaning)"
    }

    private static func codeDistance(_ configuration: TableDetector) -> String {
        guard configuration.scoring.usesCode else { return "not used" }
        let name = configuration.codeDistance.rawValue
        return configuration.svddWeight.map { "\(name), SVDD weight \($0)" } ?? name
    }

    private static func provenance(_ detector: FittedTableDetector) -> ModelCardSection {
        section(
            "Provenance",
            [
                ("made by", detector.provenance.producer),
                (
                    detector.configuration.importedLayers == nil ? "trained on" : "calibrated on",
                    detector.provenance.sourceText
                ),
                (
                    "values of training rows",
                    detector.storedRowCount > 0
                        ? "of \(grouped(detector.storedRowCount)) rows, as normal scores" : "none"
                ),
            ]
        )
    }
}
