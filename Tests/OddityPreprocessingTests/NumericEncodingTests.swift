import Foundation
import OddityDatasets
import OddityLinearAlgebra
import OddityPreprocessing
import Testing

@Suite("Numbers at both ends of the range")
struct ExtremeNumberTests {
    @Test(
        "give finite features, limits and fills",
        arguments: [ScalingMethod.standardize, .minMax, .robust],
        [Double.greatestFiniteMagnitude, 1e308, Double.leastNonzeroMagnitude]
    )
    func staysFinite(scaling: ScalingMethod, size: Double) throws {
        let values = [-size, size, -size / 2, size / 4, size, -size, 0, .nan]
        for missing in [MissingValuePolicy.median, .mean] {
            let encoder = NumericEncoding(missingValues: missing, scaling: scaling)
                .fitted(to: values)
            let new = [size, -size, size / 3, .greatestFiniteMagnitude, -.greatestFiniteMagnitude]
            let features = encoder.applied(to: values + new).elements
            #expect(features.allSatisfy { $0.isFinite })
            #expect(encoder.fill.isFinite && encoder.center.isFinite && encoder.scale.isFinite)
            let table = try Table(columns: [Column("x", values)])
            let preparer = try TablePreparation(missingValues: missing, scaling: scaling)
                .fitted(to: table)
            let bytes = try JSONEncoder().encode(preparer)
            #expect(try JSONDecoder().decode(TablePreparer.self, from: bytes) == preparer)
        }
    }

    @Test("a middle far from the values is damage")
    func refusesFarMiddles() throws {
        let preparer = try TablePreparation().fitted(
            to: Table(columns: [Column("x", [1, 2, 3, 4])])
        )
        let text = String(decoding: try JSONEncoder().encode(preparer), as: UTF8.self)
        #expect(text.contains("\"center\":2.5"))
        let far = text.replacingOccurrences(of: "\"center\":2.5", with: "\"center\":1e30")
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(TablePreparer.self, from: Data(far.utf8))
        }
    }
}

@Suite struct NumericEncodingTests {
    static func prepared(
        _ training: [Double],
        _ values: [Double],
        _ preparation: TablePreparation = .init()
    ) throws -> (preparer: TablePreparer, rows: PreparedRows) {
        // A second column keeps a constant one from being the only column.
        let other = training.indices.map(Double.init)
        let preparer = try preparation.fitted(
            to: Table(columns: [Column("x", training), Column("other", other)])
        )
        let table = try Table(columns: [
            Column("x", values), Column("other", values.map { _ in 0 }),
        ])
        return (preparer, try preparer.applied(to: table))
    }

    @Test func standardizedTrainingValuesHaveMeanZeroAndDeviationOne() throws {
        let values: [Double] = [3, 5, 7, 9, 26]
        let (_, rows) = try Self.prepared(values, values)
        let scaled = (0..<5).map { Double(rows.features[$0, 0]) }
        #expect(abs(scaled.reduce(0, +)) < 1e-6)
        #expect(abs(scaled.reduce(0) { $0 + $1 * $1 } / 5 - 1) < 1e-6)
    }

    @Test func otherScales() throws {
        let values: [Double] = [0, 1, 2, 3, 4]
        try #expect(scaled(values, by: .minMax) == [0, 0.25, 0.5, 0.75, 1])
        try #expect(scaled(values, by: .robust) == [-1, -0.5, 0, 0.5, 1])
        try #expect(scaled(values, by: .none) == [0, 1, 2, 3, 4])
    }

    private func scaled(_ values: [Double], by method: ScalingMethod) throws -> [Float] {
        let (_, rows) = try Self.prepared(values, values, TablePreparation(scaling: method))
        return (0..<values.count).map { rows.features[$0, 0] }
    }

    @Test func missingValuesAreFilledAndIndicated() throws {
        let (preparer, rows) = try Self.prepared([1, .nan, 3, 100], [.nan, 3])
        #expect(preparer.features(ofColumn: 0).count == 2)
        let (_, filled) = try Self.prepared([1, .nan, 3, 100], [3, 3])
        #expect(rows.features[0, 0] == filled.features[0, 0], "the median is 3")
        #expect(rows.features[0, 1] > 0)
        #expect(rows.features[1, 1] < 0)
        #expect(rows.evidence.isEmpty, "missing values were seen in training")
    }

    @Test func valueMissingWhereNoneWasIsEvidence() throws {
        let (preparer, rows) = try Self.prepared([1, 2, 3], [.nan])
        #expect(preparer.features(ofColumn: 0).count == 1)
        #expect(rows.evidence.map { [$0.row, $0.column] } == [[0, 0]])
        #expect(rows.features[0, 0].isFinite)
    }

    @Test func constantIsWatchedAndNotExploded() throws {
        let (preparer, rows) = try Self.prepared([5, 5, 5], [5, 5.001, 5e300])
        #expect(preparer.columns[0].isOnlyWatched)
        #expect(rows.evidence.map(\.row) == [1, 2])
        #expect(rows.features.elements.allSatisfy { abs($0) < 3 })
    }

    @Test func columnWithoutAnyValueIsWatched() throws {
        let (_, rows) = try Self.prepared([.nan, .nan], [.nan, 1])
        #expect(rows.evidence.map(\.row) == [1])
    }

    @Test func wildValuesArePulledInAndStillRank() throws {
        let (_, rows) = try Self.prepared([-1, 1], [19, 20, 21, 1e5, 1e12, 1.7e308, -1.7e308])
        let values = (0..<7).map { rows.features[$0, 0] }
        #expect(values[0] == 19 && values[1] == 20)
        // One deviation beyond the limit counts as ln 2.
        #expect(abs(values[2] - 20.693148) < 1e-5)
        #expect(zip(values, values[1..<6]).allSatisfy { $0 < $1 })
        #expect(values[5] < 800 && values[6] == -values[5])
    }

    @Test(
        arguments: [
            (1e9, 10), (9_007_199_254_740_992, 64), (0, Double.leastNonzeroMagnitude * 0x1p40),
            (1.7e9, 1), (-1e15, 2),
        ] as [(Double, Double)]
    )
    func columnsAreScaledByHowTheyMove(offset: Double, step: Double) throws {
        let training = [-2.0, -1, 0, 1, 2].map { offset + step * $0 }
        let (preparer, rows) = try Self.prepared(training, training)
        #expect(preparer.features(ofColumn: 0).count == 1)
        let expected: [Float] = [-1.4142135, -0.70710677, 0, 0.70710677, 1.4142135]
        for (row, value) in expected.enumerated() {
            #expect(abs(rows.features[row, 0] - value) < 0.02)
        }
    }

    @Test func theLeastDifferenceIsNoConstant() throws {
        let (preparer, rows) = try Self.prepared(
            [0, 0, .leastNonzeroMagnitude],
            [0, .leastNonzeroMagnitude]
        )
        #expect(preparer.features(ofColumn: 0).count == 1)
        #expect(rows.features[0, 0] != rows.features[1, 0])
        #expect(rows.features.elements.allSatisfy { $0.isFinite })
    }

    @Test func aConstantThatChangesByOneIsEvidence() throws {
        let (_, rows) = try Self.prepared([1e6, 1e6], [1e6, 1_000_001, 999_999])
        #expect(rows.evidence.map(\.row) == [1, 2])
    }

    @Test func hugeNumbersStayFinite() throws {
        let values = [1e300, -1e300, 3e300]
        let (_, rows) = try Self.prepared(values, values)
        #expect(rows.features.elements.allSatisfy { $0.isFinite })
        #expect(rows.features[0, 0] != rows.features[1, 0])
    }

    @Test func inverseGivesTheValueBack() throws {
        for scaling in ScalingMethod.allCases {
            let (preparer, rows) = try Self.prepared(
                [3, 5, .nan, 9],
                [7.5, .nan],
                TablePreparation(scaling: scaling)
            )
            rows.features.withUnsafeElements { elements in
                guard let base = elements.baseAddress else { return }
                guard case .number(let value) = preparer.value(ofColumn: 0, in: base) else {
                    Issue.record("7.5 came back as no number")
                    return
                }
                #expect(abs(value - 7.5) < 1e-5)
                let second = base + preparer.featureCount
                #expect(preparer.value(ofColumn: 0, in: second) == .missing)
            }
        }
    }

    @Test func policyOfErrorsNamesThePlace() throws {
        let strict = TablePreparation(missingValues: .error)
        #expect(throws: PreparationError.missingValue(column: "x", row: 2)) {
            try Self.prepared([1, .nan], [1], strict)
        }
        #expect(throws: PreparationError.missingValue(column: "x", row: 1)) {
            try Self.prepared([1, 2], [.nan], strict)
        }
        #expect(throws: PreparationError.notFinite(column: "x", row: 3)) {
            try Self.prepared([1, 2, .infinity], [1])
        }
    }

    @Test func infinitiesLieBeyondAllNumbersAndAreEvidence() throws {
        let (_, rows) = try Self.prepared([1, 2, 3, 4], [.infinity, 1e300, -.infinity, 2])
        #expect(rows.features[0, 0] > rows.features[1, 0])
        #expect(rows.features[0, 0].isFinite && rows.features[2, 0].isFinite)
        #expect(rows.evidence.map(\.row) == [0, 2])
    }

    @Test func meanPolicyFillsTheMean() throws {
        let training = [0, 0, 9, .nan]
        let (_, rows) = try Self.prepared(training, [.nan, 3], .init(missingValues: .mean))
        #expect(rows.features[0, 0] == rows.features[1, 0])
    }
}
