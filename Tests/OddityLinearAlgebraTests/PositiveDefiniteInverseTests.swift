import OddityLinearAlgebra
import Testing

@Suite struct PositiveDefiniteInverseTests {
    @Test func twoByTwoByHand() throws {
        // Below the diagonal nothing is read.
        let inverse = try PositiveDefiniteInverse(of: [2, 1, 99, 2], size: 2).elements
        for (value, expected) in zip(inverse, [2.0 / 3, -1.0 / 3, -1.0 / 3, 2.0 / 3]) {
            #expect(abs(value - expected) < 1e-15)
        }
    }

    @Test(arguments: [1, 3, 40]) func definition(size: Int) throws {
        var stream = RandomStream(seed: 3, use: .sampling)
        var elements = [Float](repeating: 0, count: 2 * size * size)
        elements.withUnsafeMutableBufferPointer { stream.fillNormal($0) }
        let rows = Matrix(rowCount: 2 * size, columnCount: size, elements: elements)
        var matrix = RowCovariance(of: rows).elements
        for i in 0..<size { matrix[i * size + i] += 1 }
        let inverse = try PositiveDefiniteInverse(of: matrix, size: size).elements
        // All eigenvalues are between 1 and the trace.
        let trace = (0..<size).reduce(0) { $0 + matrix[$1 * size + $1] }
        for row in 0..<size {
            for column in 0..<size {
                let product = (0..<size).reduce(0) {
                    $0 + matrix[row * size + $1] * inverse[$1 * size + column]
                }
                let tolerance = 4 * Double(size) * trace * 0x1p-52
                #expect(abs(product - (row == column ? 1 : 0)) <= tolerance)
                #expect(inverse[row * size + column] == inverse[column * size + row])
            }
        }
    }

    @Test func emptyAndNotDefinite() throws {
        #expect(try PositiveDefiniteInverse(of: [], size: 0).elements.isEmpty)
        for elements in [[1, 2, 2, 1], [.nan, 0, 0, 1], [0, 0, 0, 0]] as [[Double]] {
            #expect(throws: DecompositionError.notPositiveDefinite(size: 2)) {
                try PositiveDefiniteInverse(of: elements, size: 2)
            }
        }
    }

    @Test func covarianceByHand() {
        let covariance = RowCovariance(of: Matrix(rows: [[1, 2], [3, 2], [2, 5]]))
        #expect(covariance.mean == [2, 3])
        #expect(covariance.elements == [2.0 / 3, 0, 0, 2])
        #expect(RowCovariance(of: Matrix(rowCount: 0, columnCount: 2)).elements == [0, 0, 0, 0])
    }
}
