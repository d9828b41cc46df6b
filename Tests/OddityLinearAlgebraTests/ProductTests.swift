import OddityLinearAlgebra
import Testing

/// Products in which a row of the result follows from its row of the left side alone.
@Suite struct ProductTests {
    /// Sizes around the blocks of rows, vectors of columns and slices of depth.
    static let sizes = [
        (1, 1, 1), (1, 16, 3), (7, 18, 64), (9, 31, 5), (13, 33, 256), (64, 100, 257),
        (65, 130, 600),
    ]

    private func numbers(_ rowCount: Int, _ columnCount: Int, _ index: Int) -> Matrix {
        var stream = RandomStream(seed: 3, use: .sampling, index: index)
        return Matrix(
            rowCount: rowCount,
            columnCount: columnCount,
            elements: (0..<rowCount * columnCount).map { _ in
                Float.random(in: -0.5..<0.5, using: &stream)
            }
        )
    }

    private func rowProduct(_ left: Matrix, _ right: Matrix, addedTo start: Float? = nil) -> Matrix
    {
        let (m, n, k) = (left.rowCount, right.columnCount, right.rowCount)
        var result = Matrix(rowCount: m, columnCount: n)
        result.withUnsafeMutableElements { target in
            target.update(repeating: start ?? .nan)
            left.withUnsafeElements { left in
                right.withUnsafeElements { right in
                    guard let target = target.baseAddress, let left = left.baseAddress,
                        let right = right.baseAddress
                    else { return }
                    Products.multiplyRows(
                        left,
                        right,
                        into: target,
                        m: m,
                        n: n,
                        k: k,
                        adds: start != nil
                    )
                }
            }
        }
        return result
    }

    @Test(arguments: sizes) func isTheProduct(m: Int, n: Int, k: Int) {
        let (left, right) = (numbers(m, k, 1), numbers(k, n, 2))
        let expected = left.multiplied(by: right)
        let tolerance = 1e-5 * Float(k).squareRoot()
        for (start, result) in [
            (Float(0), rowProduct(left, right)), (2, rowProduct(left, right, addedTo: 2)),
        ] {
            #expect(result.elements.count == expected.elements.count)
            for (x, y) in zip(result.elements, expected.elements) {
                #expect(abs(x - start - y) <= tolerance)
            }
        }
    }

    @Test(arguments: sizes) func aRowDoesNotDependOnOthers(m: Int, n: Int, k: Int) {
        let (left, right) = (numbers(m, k, 1), numbers(k, n, 2))
        let together = rowProduct(left, right)
        for row in 0..<m {
            #expect(rowProduct(left.rows(row..<row + 1), right) == together.rows(row..<row + 1))
            #expect(
                rowProduct(left.rows(row..<m), right).rows(0..<1) == together.rows(row..<row + 1)
            )
        }
    }

    /// What lies beside the columns, between the rows of the right side, has no part in them.
    @Test(arguments: [(1, 5, 3), (9, 17, 40), (64, 31, 300), (3, 1, 20)])
    func someColumnsOfAWiderMatrixAreEnough(m: Int, n: Int, k: Int) {
        let (left, right) = (numbers(m, k, 1), numbers(k, n, 2))
        let expected = rowProduct(left, right).elements
        let (width, first) = (2 * n + 3, n + 3)
        let wider = Matrix(
            rowCount: k,
            columnCount: width,
            elements: (0..<k * width).map { place in
                let column = place % width - first
                return column < 0 ? .nan : right[place / width, column]
            }
        )
        var result = [Float](repeating: 0, count: m * n)
        left.withUnsafeElements { left in
            wider.withUnsafeElements { wider in
                result.withUnsafeMutableBufferPointer { target in
                    guard let left = left.baseAddress, let wider = wider.baseAddress,
                        let target = target.baseAddress
                    else { return }
                    Products.multiplyRows(
                        left,
                        wider + first,
                        into: target,
                        m: m,
                        n: n,
                        k: k,
                        rightStride: width
                    )
                }
            }
        }
        #expect(result == expected)
    }

    @Test func nothingToSumGivesZeros() {
        let product = rowProduct(
            Matrix(rowCount: 3, columnCount: 0),
            Matrix(rowCount: 0, columnCount: 5)
        )
        #expect(product.elements.allSatisfy { $0 == 0 })
    }

    @Test func noColumnsAreNoProducts() {
        let numbers: [Float] = [1, 2, 3]
        var result: [Float] = [7]
        Products.multiplyRows(numbers, numbers, into: &result, m: 1, n: 0, k: 3)
        #expect(result == [7])
    }

    @Test func transposedExchangesRowsAndColumns() {
        let matrix = Matrix(rowCount: 2, columnCount: 3, elements: [1, 2, 3, 4, 5, 6])
        #expect(matrix.transposed().elements == [1, 4, 2, 5, 3, 6])
    }
}
