internal import COddityKernels
internal import OddityLinearAlgebra

extension FittedNearestNeighbors {
    /// What one thread needs to find the neighbors of a tile of rows.
    struct Workspace {
        /// The tile's rows, standardized.
        let rows: AlignedBuffer
        /// Their products with a block of references.
        let products: AlignedBuffer
        /// A row minus a reference.
        let difference: AlignedBuffer
        private let candidateCount: Int
        /// For each row the nearness of its candidates, falling, and their positions.
        private var nearness: [Float]
        private var positions: [Int]

        init(width: Int, blockSize: Int, candidateCount: Int) {
            rows = AlignedBuffer(count: RowTiles.rowCount * width)
            products = AlignedBuffer(count: RowTiles.rowCount * blockSize)
            difference = AlignedBuffer(count: width)
            self.candidateCount = candidateCount
            nearness = [Float](repeating: -.infinity, count: RowTiles.rowCount * candidateCount)
            positions = [Int](repeating: 0, count: RowTiles.rowCount * candidateCount)
        }

        mutating func forgetCandidates() {
            for i in nearness.indices { nearness[i] = -.infinity }
        }

        func candidates(ofRow row: Int) -> ArraySlice<Int> {
            positions[row * candidateCount..<(row + 1) * candidateCount]
        }

        /// Takes up the references of a block that are nearer than a row's candidates so far; among equals
        /// the first.
        mutating func addCandidates(
            ofRow row: Int,
            products: UnsafePointer<Float>,
            halfNorms: UnsafePointer<Float>,
            first: Int,
            count: Int
        ) {
            let size = candidateCount
            nearness.withUnsafeMutableBufferPointer { nearness in
                positions.withUnsafeMutableBufferPointer { positions in
                    guard let allNear = nearness.baseAddress, let all = positions.baseAddress
                    else { return }
                    let near = allNear + row * size
                    let own = all + row * size
                    // Few references get past the last candidate.
                    var i = 0
                    while true {
                        i += oddity_index_of_first_difference_above(
                            near[size - 1],
                            products + i,
                            halfNorms + i,
                            count - i
                        )
                        guard i < count else { return }
                        let value = products[i] - halfNorms[i]
                        var place = size - 1
                        while place > 0, near[place - 1] < value {
                            near[place] = near[place - 1]
                            own[place] = own[place - 1]
                            place -= 1
                        }
                        near[place] = value
                        own[place] = first + i
                        i += 1
                    }
                }
            }
        }
    }
}
