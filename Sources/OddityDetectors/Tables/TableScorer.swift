public import OddityDatasets
internal import OddityEvaluation
internal import OddityLinearAlgebra
internal import OddityNeuralNetworks
internal import OddityPlatform
internal import OddityPreprocessing

/// Scores rows with all members of a detector, with workspaces that are kept between calls: it serves one thread.
///
///     let scorer = TableScorer(detector, reasonCount: 3)
///     for chunk in chunks {
///         for verdict in try scorer.verdicts(of: chunk) where verdict.isAnomaly { … }
///     }
public final class TableScorer {
    /// What scores the rows.
    public let detector: FittedTableDetector
    private let reasonCount: Int
    private let reasonedRows: ReasonedRows
    private let measures: [MemberMeasures]
    private let workspace: AlignedBuffer
    /// For each row of the tile the logarithm of its distance to the nearest training row.
    private var logNeighbors: [Double]
    /// What all members say of that distance; nil where they say different things, as in older models.
    private let sharedNeighbor: SurvivalFunction?
    /// For each row of the tile and each member the logarithm of the member's p-value.
    private var logarithms: [Double]
    private var errors: [Double]
    /// For each row of the tile the number of held-out rows with the very same score from their member.
    private var equalCounts: [Int]
    /// Sums over members, for the reasons: whitened squared residuals and reconstructions by feature.
    private let parts: AlignedBuffer
    private let expected: AlignedBuffer
    private let featureRanges: [Range<Int>]
    /// Each column's part in the error of the row at hand.
    private var byColumn: [Double]
    /// Nil where no reasons are asked for, or nothing is known of what columns should hold.
    private let finder: ReasonFinder?
    private var width: Int { detector.residualScale.count }

    /// - Parameters:
    ///   - detector: what scores the rows.
    ///   - reasonCount: the most columns to name for a row; none by default.
    ///   - reasonedRows: which rows to name columns for.
    public init(
        _ detector: FittedTableDetector,
        reasonCount: Int = 0,
        reasonsFor reasonedRows: ReasonedRows = .all
    ) {
        self.detector = detector
        self.reasonCount = reasonCount
        self.reasonedRows = reasonedRows
        measures = detector.members.indices.map(detector.measures(ofFold:))
        let size = InferencePlan.tileRowCount
        workspace = AlignedBuffer(
            count: detector.neighbors?.workspaceSize(tileSize: size) ?? 0
        )
        logNeighbors = [Double](repeating: 0, count: size)
        let neighbor = detector.members.first?.calibration.neighbor
        sharedNeighbor =
            detector.neighbors != nil
                && detector.members.allSatisfy { $0.calibration.neighbor == neighbor }
            ? neighbor : nil
        logarithms = [Double](repeating: 0, count: size * detector.members.count)
        errors = [Double](repeating: 0, count: size)
        equalCounts = [Int](repeating: 0, count: size)
        finder =
            reasonCount > 0
            ? detector.expectations.map {
                ReasonFinder($0, preparer: detector.preparer, reasonCount: reasonCount)
            } : nil
        let featureCount = reasonCount > 0 && finder == nil ? detector.preparer.featureCount : 0
        parts = AlignedBuffer(count: size * featureCount)
        expected = AlignedBuffer(count: size * featureCount)
        featureRanges = detector.preparer.columns.indices.map(detector.preparer.features(ofColumn:))
        byColumn = [Double](repeating: 0, count: featureRanges.count)
    }

    /// Judges the rows of a table, with the very scores of ``FittedTableDetector/verdicts(of:reasonCount:reasonsFor:threadCount:)``.
    ///
    /// - Throws: `PreparationError` if the table does not fit.
    public func verdicts(of table: Table) throws -> [Verdict] {
        let prepared = try detector.preparer.applied(to: table)
        var results = verdicts(
            of: NetworkRows(prepared.features, analysis: detector.analysis),
            in: 0..<table.rowCount,
            evidence: Dictionary(grouping: prepared.evidence, by: \.row),
            sources: reasonCount > 0 ? detector.preparer.columns.map { table[$0.name] } : nil
        )
        if reasonCount > 0 {
            detector.addCounterfactuals(to: &results, of: prepared, threadCount: 1)
        }
        return results
    }

    /// Judges some of the rows, tile by tile.
    ///
    /// - Parameter sources: the columns to name as reasons, in the order of training, or nil.
    func verdicts(
        of rows: NetworkRows,
        in range: Range<Int>,
        evidence: [Int: [PreparedRows.Evidence]],
        sources: [Column?]?
    ) -> [Verdict] {
        var results: [Verdict] = []
        results.reserveCapacity(range.count)
        let tileSize = InferencePlan.tileRowCount
        for start in stride(from: range.lowerBound, to: range.upperBound, by: tileSize) {
            score(
                rows,
                rows: start..<min(start + tileSize, range.upperBound),
                evidence: evidence,
                sources: sources,
                into: &results
            )
        }
        return results
    }

    /// Judges the rows of one tile.
    private func score(
        _ all: NetworkRows,
        rows: Range<Int>,
        evidence: [Int: [PreparedRows.Evidence]],
        sources: [Column?]?,
        into results: inout [Verdict]
    ) {
        measure(all, rows: rows, evidence: evidence)
        let first = results.count
        for place in 0..<rows.count {
            let score = detector.rowScore(
                logarithm: logarithm(ofRow: place),
                error: errors[place] / Double(detector.members.count * width)
            )
            results.append(detector.verdict(score))
        }
        guard reasonCount > 0, let sources else { return }
        let places = (0..<rows.count).filter {
            reasonedRows == .all || results[first + $0].isAnomaly
        }
        let found = reasons(
            all.features,
            rows: places.map { rows.lowerBound + $0 },
            evidence: evidence,
            sources: sources
        )
        for (index, place) in places.enumerated() {
            let row = rows.lowerBound + place
            results[first + place].reasons =
                found?[index]
                ?? reasons(ofRow: row, place: place, evidence: evidence[row] ?? [], in: sources)
        }
    }

    /// The reasons of at most a tile of rows by what their columns should hold; nil if that is not known.
    private func reasons(
        _ features: Matrix,
        rows: [Int],
        evidence: [Int: [PreparedRows.Evidence]],
        sources: [Column?]
    ) -> [[Reason]]? {
        guard let finder else { return nil }
        return features.withUnsafeElements { elements in
            guard let base = elements.baseAddress else { return nil }
            return finder.reasons(
                base,
                of: rows,
                foreign: rows.map { evidence[$0, default: []].map(\.column) }
            ) { row, column in
                cell(sources[column], column, at: row)
            }
        }
    }

    /// A cell as a person sees it.
    private func cell(_ source: Column?, _ column: Int, at row: Int) -> CellValue {
        source.map { detector.preparer.columns[column].cellValue(of: $0, at: row) } ?? .missing
    }

    /// The logarithm of the p-value of a row of the tile.
    ///
    /// A row that is just like held-out ones is no odder than their share, whatever the differences
    /// between members say: tables of few different rows have many such.
    private func logarithm(ofRow place: Int) -> Double {
        let memberCount = detector.members.count
        let own = logarithms[place * memberCount..<(place + 1) * memberCount]
        let combined = detector.calibration.logarithm(of: own)
        guard equalCounts[place] > 0 else { return combined }
        let share =
            Double(equalCounts[place] + 1) / Double(detector.trainingHeldOut.count + 1)
        return max(combined, log(min(share, 1)))
    }

    private func measure(
        _ all: NetworkRows,
        rows: Range<Int>,
        evidence: [Int: [PreparedRows.Evidence]]
    ) {
        let memberCount = detector.members.count
        for place in 0..<rows.count { (errors[place], equalCounts[place]) = (0, 0) }
        parts.elements.update(repeating: 0)
        expected.elements.update(repeating: 0)
        measureNeighbors(all.features, rows)
        let shared = sharedNeighbor.map { neighbor in
            logNeighbors.prefix(rows.count).map { neighbor.logarithm(at: $0) }
        }
        // Their own while they are written, lest each write be checked for others.
        var (logarithms, errors, equalCounts) = (logarithms, errors, equalCounts)
        (self.logarithms, self.errors, self.equalCounts) = ([], [], [])
        defer {
            (self.logarithms, self.errors, self.equalCounts) = (logarithms, errors, equalCounts)
        }
        for (index, (member, own)) in zip(detector.members, measures).enumerated() {
            own.measure(all, rows)
            for place in 0..<rows.count {
                let evidenceCount = evidence[rows.lowerBound + place]?.count ?? 0
                var measures = own[place, evidenceCount]
                if detector.neighbors != nil { measures.logNeighbor = logNeighbors[place] }
                let score =
                    shared.map {
                        member.calibration.score(of: measures, neighborLogarithm: $0[place])
                    } ?? member.calibration.score(of: measures)
                logarithms[place * memberCount + index] =
                    member.calibration.score.logarithm(at: score)
                equalCounts[place] += member.calibration.ownScore.count(of: score)
                errors[place] += own.squared[place]
            }
            if reasonCount > 0, finder == nil { addParts(of: own, all.features, rows) }
        }
    }

    private func measureNeighbors(_ features: Matrix, _ rows: Range<Int>) {
        guard let neighbors = detector.neighbors else { return }
        features.withUnsafeElements { elements in
            guard let base = elements.baseAddress else { return }
            neighbors.logDistances(
                ofTile: base + rows.lowerBound * width,
                rowCount: rows.count,
                workspace: workspace.baseAddress,
                into: &logNeighbors
            )
        }
    }

    private func addParts(
        of own: MemberMeasures,
        _ features: Matrix,
        _ rows: Range<Int>
    ) {
        features.withUnsafeElements { elements in
            guard let base = elements.baseAddress else { return }
            addParts(of: own, base + rows.lowerBound * width, rowCount: rows.count)
        }
    }

    private func addParts(
        of own: MemberMeasures,
        _ rows: UnsafePointer<Float>,
        rowCount: Int
    ) {
        let parts = parts.baseAddress
        let expected = expected.baseAddress
        let width = width
        detector.residualScale.withUnsafeBufferPointer { scale in
            for row in 0..<rowCount {
                let output = own.reconstruction(ofRow: row)
                for j in 0..<width {
                    let i = row * width + j
                    let difference = rows[i] - output[j]
                    parts[i] += difference * difference * scale[j]
                    expected[i] += output[j]
                }
            }
        }
    }

    /// The columns with the largest shares of a row's error, averaged over the members.
    private func reasons(
        ofRow row: Int,
        place: Int,
        evidence: [PreparedRows.Evidence],
        in sources: [Column?]
    ) -> [Reason] {
        guard reasonCount > 0 else { return [] }
        let preparer = detector.preparer
        let memberCount = Double(detector.members.count)
        let parts = parts.baseAddress + place * width
        for (column, features) in featureRanges.enumerated() {
            var sum = 0.0
            for feature in features { sum += Double(parts[feature].orLargest) }
            byColumn[column] = sum / memberCount
        }
        for cell in evidence { byColumn[cell.column] += FittedTableDetector.evidenceWeight }
        let total = max(byColumn.reduce(0, +), .leastNormalMagnitude)
        let expected = expected.baseAddress + place * width
        for j in 0..<width { expected[j] /= Float(memberCount) }
        return byColumn.placesOfLargest(reasonCount).compactMap { column in
            let actual = cell(sources[column], column, at: row)
            let value = preparer.value(ofColumn: column, in: expected)
            guard actual.description != value.description else { return nil }
            return Reason(
                column: preparer.columns[column].name,
                share: byColumn[column] / total,
                actual: actual,
                expected: value
            )
        }
    }
}

extension TableScorer: DetectorScorer {
    /// Scores the rows of a table.
    ///
    /// - Throws: `PreparationError` if the table does not fit.
    public func rowScores(of table: Table) throws -> [RowScore?] {
        try verdicts(of: table).map(\.score)
    }
}

extension FittedTableDetector {
    /// A scorer with workspaces of its own: it serves one thread.
    public func makeScorer() -> TableScorer { TableScorer(self) }
}
