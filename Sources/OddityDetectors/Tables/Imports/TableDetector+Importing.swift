public import OddityDatasets
internal import OddityPreprocessing

extension TableDetector {
    /// The least number of rows that calibrate a network which was trained elsewhere, 20.
    public static let leastCalibrationCount = Recalibration.minimumCount

    /// Makes a detector of a network that was trained elsewhere.
    ///
    /// Rows are judged by how badly the network rebuilds them. All rows of the table calibrate it, so the p-values of new rows
    /// are right as far as these are drawn like the table's rows, and the network was not trained on the latter: what
    /// it was trained on it rebuilds better than new rows, which then get p-values that are too low. Distances of codes do not
    /// count, since the codes of the rows that it was trained on are not known.
    ///
    /// Source: split conformal prediction (Papadopoulos and others 2002).
    ///
    /// - Parameters:
    ///   - network: which takes and rebuilds columns of numbers.
    ///   - table: normal rows that the network has not seen, with its columns, none of them missing; others are ignored.
    ///   - threadCount: threads to use; the result does not depend on it.
    /// - Throws: ``DetectorError`` for too few rows, or columns that the network cannot take; `PreparationError` for missing
    ///   columns or values.
    public static func calibrated(
        _ network: ImportedNetwork,
        on table: Table,
        threadCount: Int = 1
    ) throws -> FittedTableDetector {
        guard table.rowCount >= leastCalibrationCount else {
            throw DetectorError.tooFewRows(count: table.rowCount, needed: leastCalibrationCount)
        }
        let names = network.description.columns
        let missing = names.filter { table[$0] == nil }
        guard missing.isEmpty else { throw PreparationError.missingColumns(missing) }
        var configuration = TableDetector()
        configuration.importedLayers = network.scaledLayers
        configuration.folds = 1
        configuration.scoring = .residual
        configuration.preparation.missingValues = .error
        let training = try configuration.trainingRows(
            of: Table(columns: names.compactMap { table[$0] }),
            threadCount: threadCount
        )
        let member = TrainedMember(
            network: try network.network(for: training.preparer),
            history: [],
            codeLayer: configuration.plan(featureCount: names.count, stepsPerEpoch: 1).codeLayer,
            center: nil,
            rows: [],
            heldOut: Array(0..<table.rowCount),
            seed: configuration.seed
        )
        return try configuration.calibrated(
            [member],
            of: training,
            partition: Folds(holdingOutAll: table.rowCount),
            threadCount: threadCount
        ).detector(threadCount: threadCount)
    }
}
