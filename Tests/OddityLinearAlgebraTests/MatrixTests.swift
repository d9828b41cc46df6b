import OddityLinearAlgebra
import Synchronization
import Testing

@Suite struct MatrixTests {
    let matrix = Matrix(rows: [[1, 2, 3], [4, 5, 6]])

    @Test func copiesAreIndependent() {
        var copy = matrix
        copy[0, 1] = 9
        #expect(matrix[0, 1] == 2)
        #expect(copy[0, 1] == 9)
        #expect(copy != matrix)
    }

    @Test func rowsAreViewsOfTheirNumbers() {
        var changed = matrix
        let row = changed.row(1)
        changed[1, 0] = 0
        #expect(Array(row) == [4, 5, 6])
        #expect(changed.rows(1..<2) == Matrix(rows: [[0, 5, 6]]))
        #expect(matrix.rows(at: [1, 0, 1]) == Matrix(rows: [[4, 5, 6], [1, 2, 3], [4, 5, 6]]))
    }

    @Test func storageIsAligned() {
        Matrix(rowCount: 3, columnCount: 5).withUnsafeElements { elements in
            #expect(UInt(bitPattern: elements.baseAddress) % 64 == 0)
            #expect(elements.allSatisfy { $0 == 0 })
        }
    }

    @Test(arguments: [(1, 1, 1), (3, 5, 4), (17, 33, 65)])
    func productsMatchTheDefinition(m: Int, n: Int, k: Int) {
        var stream = RandomStream(seed: 1, use: .sampling)
        var left = Matrix(rowCount: m, columnCount: k)
        var right = Matrix(rowCount: k, columnCount: n)
        left.withUnsafeMutableElements { stream.fillNormal($0) }
        right.withUnsafeMutableElements { stream.fillNormal($0) }
        var transposed = Matrix(rowCount: n, columnCount: k)
        for i in 0..<n { for j in 0..<k { transposed[i, j] = right[j, i] } }
        let product = left.multiplied(by: right)
        let other = left.multiplied(by: transposed, transposed: true)
        for i in 0..<m {
            for j in 0..<n {
                var expected = 0.0
                var magnitude = 0.0
                for l in 0..<k {
                    expected += Double(left[i, l]) * Double(right[l, j])
                    magnitude += abs(Double(left[i, l]) * Double(right[l, j]))
                }
                let tolerance = Double(k) * magnitude * 0x1p-24 + 1e-12
                #expect(abs(Double(product[i, j]) - expected) <= tolerance)
                #expect(abs(Double(other[i, j]) - expected) <= tolerance)
            }
        }
    }

    @Test(arguments: [1, 2, 5]) func parallelWorkIsDoneOnce(threadCount: Int) throws {
        let calls = Atomic(0)
        let squares = Parallel.map(count: 100, threadCount: threadCount) { i in
            calls.wrappingAdd(1, ordering: .relaxed)
            return i * i
        }
        #expect(squares == (0..<100).map { $0 * $0 })
        #expect(calls.load(ordering: .relaxed) == 100)
    }

    @Test func elementsComeFromAnyCollection() {
        let numbers: [Float] = [1, 2, 3, 4, 5, 6]
        let expected = Matrix(rows: [[1, 2, 3], [4, 5, 6]])
        func matrix(_ elements: some Collection<Float>) -> Matrix {
            Matrix(rowCount: 2, columnCount: 3, elements: elements)
        }
        #expect(matrix(numbers) == expected)
        #expect(matrix(([0] + numbers)[1...]) == expected)
        #expect(matrix((1...6).lazy.map { Float($0) }) == expected)
        #expect(Matrix(rowCount: 0, columnCount: 3, elements: []).elements.isEmpty)
    }
}
