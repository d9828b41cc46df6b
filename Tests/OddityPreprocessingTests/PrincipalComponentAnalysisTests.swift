import OddityLinearAlgebra
import OddityPreprocessing
import Testing

@Suite struct PrincipalComponentsTests {
    /// Rows along a few directions, with a little noise across.
    static func rows(_ count: Int, columns: Int, rank: Int, noise: Float = 0, seed: UInt64 = 1)
        -> Matrix
    {
        var stream = RandomStream(seed: seed, use: .sampling)
        var factors = Matrix(rowCount: count, columnCount: rank)
        var directions = Matrix(rowCount: rank, columnCount: columns)
        factors.withUnsafeMutableElements { stream.fillNormal($0) }
        directions.withUnsafeMutableElements { stream.fillNormal($0) }
        for k in 0..<rank {
            for j in 0..<columns { directions[k, j] *= Float(rank - k) }
        }
        var rows = factors.multiplied(by: directions)
        var draws = [Float](repeating: 0, count: count * columns)
        draws.withUnsafeMutableBufferPointer { stream.fillNormal($0) }
        rows.withUnsafeMutableElements { elements in
            for i in elements.indices { elements[i] += noise * draws[i] }
        }
        return rows
    }

    static func meanSquaredError(_ rows: Matrix, _ other: Matrix) -> Double {
        let squares = zip(rows.elements, other.elements).reduce(0.0) { sum, pair in
            let difference = Double(pair.0) - Double(pair.1)
            return sum + difference * difference
        }
        return squares / Double(max(1, rows.elements.count))
    }

    /// Axes are rounded to floats, each entry by at most 2⁻²⁴ of 1, whose effect on a product of unit
    /// vectors of length d is at most 2 × √d × 2⁻²⁴.
    static func checkOrthonormal(_ analysis: PrincipalComponents) {
        let components = analysis.components
        let tolerance = 2 * Double(components.columnCount).squareRoot() * 0x1p-24
        for i in 0..<components.rowCount {
            for j in 0...i {
                let product = zip(components.row(i), components.row(j))
                    .reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
                #expect(abs(product - (i == j ? 1 : 0)) <= tolerance, "axes \(i) and \(j)")
            }
        }
    }

    @Test(arguments: PrincipalComponentAnalysis.Solver.allCases, [(120, 15), (15, 120)])
    func axesAreOrthonormalAndTheirLargestEntryIsPositive(
        solver: PrincipalComponentAnalysis.Solver,
        shape: (Int, Int)
    ) throws {
        let rows = Self.rows(shape.0, columns: shape.1, rank: 6, noise: 0.001)
        let analysis = try PrincipalComponentAnalysis(components: .count(10), solver: solver)
            .fitted(to: rows)
        #expect(analysis.componentCount == 10)
        Self.checkOrthonormal(analysis)
        for i in 0..<10 {
            let row = Array(analysis.components.row(i))
            let largest = row.map(abs).max() ?? 0
            #expect(row.contains { $0 > 0 && $0 >= largest * (1 - 0x1p-19) })
        }
    }

    @Test func moreComponentsRebuildBetter() throws {
        let rows = Self.rows(100, columns: 12, rank: 12)
        var errors: [Double] = []
        for count in 1...12 {
            let analysis = try PrincipalComponentAnalysis(components: .count(count)).fitted(
                to: rows
            )
            let rebuilt = analysis.inverse(analysis.applied(to: rows))
            errors.append(Self.meanSquaredError(rows, rebuilt))
            // What is lost is the variance that was not kept.
            let lost = analysis.totalVariance - analysis.explainedVariance.reduce(0, +)
            let expected = lost * 99 / Double(100 * 12)
            #expect(abs((errors.last ?? 0) - expected) <= 1e-5 * analysis.totalVariance)
        }
        #expect(zip(errors, errors.dropFirst()).allSatisfy { $0 > $1 })
        #expect((errors.last ?? 1) < 1e-10, "all components rebuild everything")
    }

    @Test func rowsOfFewDirectionsHaveFewComponents() throws {
        for (count, columns) in [(60, 10), (10, 60)] {
            let rows = Self.rows(count, columns: columns, rank: 4)
            for solver in PrincipalComponentAnalysis.Solver.allCases {
                let analysis = try PrincipalComponentAnalysis(
                    components: .count(50),
                    solver: solver
                )
                .fitted(to: rows)
                #expect(analysis.componentCount == 4, "\(count) × \(columns), \(solver)")
                Self.checkOrthonormal(analysis)
                let all = try PrincipalComponentAnalysis(components: .variance(1), solver: solver)
                    .fitted(to: rows)
                #expect(all == analysis)
            }
        }
    }

    @Test func rowsMinusTheirMeanHaveOneDirectionLess() throws {
        let rows = Self.rows(5, columns: 40, rank: 30)
        let analysis = try PrincipalComponentAnalysis(components: .count(99)).fitted(to: rows)
        #expect(analysis.componentCount == 4)
    }

    @Test func constantColumnsAreRebuiltAndTakeNoComponent() throws {
        var rows = Self.rows(40, columns: 3, rank: 3)
        for row in 0..<40 { rows[row, 1] = 1234.567 }
        let analysis = try PrincipalComponentAnalysis(components: .variance(1)).fitted(to: rows)
        #expect(analysis.componentCount == 2)
        let rebuilt = analysis.inverse(analysis.applied(to: rows))
        #expect((0..<40).allSatisfy { rebuilt[$0, 1] == 1234.567 })
    }

    @Test(arguments: PrincipalComponentAnalysis.Solver.allCases)
    func equalRowsAndOneRowHaveNoComponent(solver: PrincipalComponentAnalysis.Solver) throws {
        for count in [1, 2, 7] {
            let rows = Matrix(rows: [[Float]](repeating: [0.1, -3e5, 7], count: count))
            let selections: [PrincipalComponentAnalysis.Selection] = [
                .count(2), .variance(0.9), .aboveAverage,
            ]
            for selection in selections {
                let analysis = try PrincipalComponentAnalysis(components: selection, solver: solver)
                    .fitted(to: rows)
                #expect(analysis.componentCount == 0)
                #expect(analysis.explainedShare.isEmpty)
                let codes = analysis.applied(to: rows)
                #expect(codes.rowCount == count && codes.columnCount == 0)
                #expect(analysis.inverse(codes) == rows)
            }
        }
    }

    @Test func sketchAgreesWithTheExactSolver() throws {
        let rows = Self.rows(300, columns: 90, rank: 5, noise: 0.01)
        let exact = try PrincipalComponentAnalysis(components: .count(5), solver: .exact).fitted(
            to: rows
        )
        let sketched = try PrincipalComponentAnalysis(components: .count(5), solver: .sketched)
            .fitted(to: rows)
        for i in 0..<5 {
            let ratio = sketched.explainedVariance[i] / exact.explainedVariance[i]
            #expect(abs(ratio - 1) < 1e-9)
            #expect(
                zip(sketched.components.row(i), exact.components.row(i))
                    .allSatisfy { abs($0 - $1) < 1e-5 }
            )
        }
        #expect(abs(sketched.totalVariance / exact.totalVariance - 1) < 1e-12)
    }

    @Test func sketchGrowsUntilTheShareIsReached() throws {
        let rows = Self.rows(200, columns: 150, rank: 120, noise: 1)
        for selection in [PrincipalComponentAnalysis.Selection.variance(0.97), .aboveAverage] {
            let exact = try PrincipalComponentAnalysis(components: selection, solver: .exact)
                .fitted(to: rows)
            let sketched = try PrincipalComponentAnalysis(components: selection, solver: .sketched)
                .fitted(to: rows)
            #expect(abs(sketched.componentCount - exact.componentCount) <= 1)
        }
    }

    @Test func sameBytesOnAnyThreadAndRowByRow() throws {
        let rows = Self.rows(150, columns: 33, rank: 20, noise: 0.1)
        for solver in [PrincipalComponentAnalysis.Solver.exact, .sketched] {
            let estimator = PrincipalComponentAnalysis(
                components: .count(7),
                solver: solver,
                seed: 9
            )
            let analysis = try estimator.fitted(to: rows)
            let others = try Parallel.map(count: 4, threadCount: 4) { _ in
                try estimator.fitted(to: rows)
            }
            #expect(others.allSatisfy { $0 == analysis })
            let codes = analysis.applied(to: rows)
            #expect(analysis.applied(to: rows, threadCount: 3) == codes)
            #expect(analysis.inverse(codes, threadCount: 3) == analysis.inverse(codes))
            for row in [0, 63, 64, 149] {
                let own = analysis.applied(to: rows.rows(row..<row + 1))
                #expect(own == codes.rows(row..<row + 1))
                #expect(analysis.inverse(own) == analysis.inverse(codes).rows(row..<row + 1))
            }
        }
    }

    @Test func badInputIsRefused() throws {
        let rows = Self.rows(4, columns: 3, rank: 3)
        func fitted(_ selection: PrincipalComponentAnalysis.Selection, _ rows: Matrix) throws {
            _ = try PrincipalComponentAnalysis(components: selection).fitted(to: rows)
        }
        #expect(throws: PreparationError.invalidComponentCount(0)) { try fitted(.count(0), rows) }
        for share in [0, -0.1, 1.5] {
            #expect(throws: PreparationError.invalidVarianceShare(share)) {
                try fitted(.variance(share), rows)
            }
        }
        #expect(throws: PreparationError.self) { try fitted(.variance(.nan), rows) }
        #expect(throws: PreparationError.noRows) {
            try fitted(.count(1), Matrix(rowCount: 0, columnCount: 3))
        }
        #expect(throws: PreparationError.noUsableColumns) {
            try fitted(.count(1), Matrix(rowCount: 3, columnCount: 0))
        }
        for value in [Float.nan, .infinity] {
            var broken = rows
            broken[2, 1] = value
            #expect(throws: PreparationError.notFinite(column: "feature 2", row: 3)) {
                try fitted(.count(1), broken)
            }
        }
    }

    @Test func storedPartsAreChecked() throws {
        let analysis = try PrincipalComponentAnalysis(components: .count(2))
            .fitted(to: Self.rows(20, columns: 4, rank: 4))
        func restored(
            mean: [Float]? = nil,
            variances: [Double]? = nil,
            total: Double? = nil
        ) throws -> PrincipalComponents {
            try PrincipalComponents(
                mean: mean ?? analysis.mean,
                components: analysis.components,
                explainedVariance: variances ?? analysis.explainedVariance,
                totalVariance: total ?? analysis.totalVariance
            )
        }
        #expect(try restored() == analysis)
        #expect(throws: PreparationError.self) { try restored(mean: [1]) }
        #expect(throws: PreparationError.self) { try restored(mean: [1, 2, 3, .nan]) }
        #expect(throws: PreparationError.self) { try restored(variances: [1]) }
        #expect(throws: PreparationError.self) { try restored(variances: [1, 2]) }
        #expect(throws: PreparationError.self) { try restored(variances: [1, -2]) }
        #expect(throws: PreparationError.self) { try restored(total: 0) }
        #expect(throws: PreparationError.self) { try restored(total: .infinity) }
    }
}
