internal import OddityLinearAlgebra

/// The features of some training images.
struct FeatureBlock {
    /// Images × numbers of the descriptor.
    let descriptors: Matrix
    /// Images × numbers of the pooled image.
    let pooled: Matrix
    /// Images × numbers of the grid of structure patches.
    let cells: Matrix
    /// For each image the mean length of its structure patches.
    let lengths: [Double]
    /// For each image its light; see ``LightRange``.
    let lights: [[Double]]

    /// Computes the features; they do not depend on the number of threads.
    init(_ images: Matrix, _ geometry: ImageGeometry, threadCount: Int) {
        let shape = geometry.shape
        let count = images.rowCount
        var descriptors = Matrix(rowCount: count, columnCount: geometry.descriptorSize)
        var pooled = Matrix(rowCount: count, columnCount: geometry.pooledCount)
        var cells = Matrix(rowCount: count, columnCount: geometry.structure.imageSize)
        let measured: [(length: Double, light: [Double])] = images.withUnsafeElements { source in
            descriptors.withUnsafeMutableElements { descriptors in
                pooled.withUnsafeMutableElements { pooled in
                    cells.withUnsafeMutableElements { cells in
                        guard let source = source.baseAddress,
                            let descriptors = descriptors.baseAddress,
                            let pooled = pooled.baseAddress, let cells = cells.baseAddress
                        else { return [] }
                        // Pieces write rows of their own.
                        nonisolated(unsafe) let (from, toDescriptors) = (source, descriptors)
                        nonisolated(unsafe) let (toPooled, toCells) = (pooled, cells)
                        let pieces = Parallel.pieceCount(for: count, threadCount: threadCount)
                        return Parallel.map(count: pieces, threadCount: threadCount) { piece in
                            let features = ImageFeatures(geometry)
                            let reader = PatchReader(
                                grid: geometry.structure,
                                normalization: .length(least: 0)
                            )
                            let rows = count * piece / pieces..<count * (piece + 1) / pieces
                            return rows.map { row in
                                let image = from + row * shape.elementCount
                                let cells = toCells + row * geometry.structure.imageSize
                                features.measureEdges(
                                    image,
                                    cells: cells,
                                    descriptor: toDescriptors + row * geometry.descriptorSize
                                )
                                features.pool(image, into: toPooled + row * geometry.pooledCount)
                                return (
                                    length: reader.meanLength(of: cells),
                                    light: LightRange.light(of: image, shape: shape)
                                )
                            }
                        }.flatMap { $0 }
                    }
                }
            }
        }
        self.descriptors = descriptors
        self.pooled = pooled
        self.cells = cells
        lengths = measured.map(\.length)
        lights = measured.map(\.light)
    }
}
