import OddityLinearAlgebra
import Testing

@testable import OddityDetectors

/// Distances of codes from one centre.
@Suite struct CentralCodeTests {
    /// Codes around (3, −1), whose second number follows the first.
    private func codes(rows: Int = 500) -> Matrix {
        var matrix = Matrix(rowCount: rows, columnCount: 2)
        var stream = RandomStream(seed: 3, use: .sampling)
        matrix.withUnsafeMutableElements { elements in
            stream.fillNormal(elements)
            for row in 0..<rows {
                let (a, b) = (elements[2 * row], elements[2 * row + 1])
                elements[2 * row] = 3 + 2 * a
                elements[2 * row + 1] = -1 + 4 * a + b
            }
        }
        return matrix
    }

    private func distances(_ code: CentralCode, _ rows: [[Float]]) -> [Double] {
        var result = [Double](repeating: .nan, count: rows.count)
        let workspace = AlignedBuffer(count: code.workspaceSize(tileSize: rows.count))
        Matrix(rows: rows).withUnsafeElements { elements in
            guard let base = elements.baseAddress else { return }
            code.distances(
                ofTile: base,
                rowCount: rows.count,
                workspace: workspace.baseAddress,
                into: &result
            )
        }
        return result
    }

    /// √(dᵀ Σ⁻¹ d) with the inverse of a 2 × 2 matrix written out.
    @Test func mahalanobisIsItsDefinition() throws {
        let codes = codes()
        var (mean, a, b, c) = ([0.0, 0.0], 0.0, 0.0, 0.0)
        for row in 0..<500 { for j in 0..<2 { mean[j] += Double(codes[row, j]) / 500 } }
        for row in 0..<500 {
            let (x, y) = (Double(codes[row, 0]) - mean[0], Double(codes[row, 1]) - mean[1])
            (a, b, c) = (a + x * x / 500, b + x * y / 500, c + y * y / 500)
        }
        (a, c) = (a * 1.01, c * 1.01)
        let rows: [[Float]] = [[3, -1], [5, 3], [5, -5], [-100, 7], [3, 0]]
        let found = distances(try CentralCode(mahalanobisOf: codes), rows)
        for (row, found) in zip(rows, found) {
            let (x, y) = (Double(row[0]) - mean[0], Double(row[1]) - mean[1])
            let expected =
                ((c * x * x - 2 * b * x * y + a * y * y) / (a * c - b * b)).squareRoot()
            #expect(abs(found - expected) < 1e-4 * max(1, expected))
        }
        #expect(found[2] > 3 * found[1], "against the correlation is farther than along it")
    }

    @Test func theCenterIsTheMeanAndDistancesArePlain() {
        let code = CentralCode(meanOf: Matrix(rows: [[1, 2], [3, 6]]))
        #expect(code.center == [2, 4])
        #expect(distances(code, [[2, 4], [5, 8]]) == [0, 5])
    }

    /// A unit that is always the same, and one that copies another.
    @Test func deadAndCopiedUnitsAreNoTrouble() throws {
        let codes = codes()
        let wide = Matrix(rows: (0..<500).map { [codes[$0, 0], 7, codes[$0, 0], codes[$0, 1]] })
        let code = try CentralCode(mahalanobisOf: wide)
        let found = distances(code, [[5, 7, 5, 3], [5, 1e6, 5, 3], [5, 7, -5, 3]])
        #expect(found.allSatisfy { $0.isFinite })
        #expect(found[0] == found[1], "what never moves does not count")
        #expect(found[2] > found[0], "copies that disagree do")
        let dead = try CentralCode(mahalanobisOf: Matrix(rows: [[1, 2], [1, 2]]))
        #expect(distances(dead, [[1, 2], [5, -5]]) == [0, 0])
        let single = try CentralCode(mahalanobisOf: Matrix(rows: [[1, 2]]))
        #expect(distances(single, [[9, 9]]) == [0])
    }

    @Test func codesThatAreNotFiniteAreRefused() {
        #expect(throws: DecompositionError.self) {
            try CentralCode(mahalanobisOf: Matrix(rows: [[1, .infinity], [2, 3]]))
        }
    }
}
