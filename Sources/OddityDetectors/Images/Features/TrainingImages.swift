internal import OddityLinearAlgebra

/// All training images and their features.
struct TrainingImages: Sendable {
    /// The images as they were given.
    let images: StoredRows
    let basis: ImageBasis
    /// Images × numbers of the descriptor; empty where only pixels count.
    let descriptors: StoredRows
    /// Images × numbers of the pooled image.
    let pooled: StoredRows
    /// Images × numbers of the grid of structure patches; empty where only pixels count.
    let cells: StoredRows
    /// For each image its light; see ``LightRange``.
    let lights: [[Double]]
    /// How well the images are aligned, from 0 to 1: the variance over pixels of the mean image,
    /// divided by the variance of all pixels of all images.
    let alignment: Double
    /// Whether images and features lie in scratch files, where what is measured of them belongs too.
    let inFile: Bool
}

extension TrainingImages {
    /// Takes in images that are in memory.
    init(
        _ images: Matrix,
        shape: ImageShape,
        configuration: ImageDetector = ImageDetector(),
        threadCount: Int
    ) throws {
        var intake = try ImageIntake(configuration, shape: shape, inFile: false)
        try intake.add(images, threadCount: threadCount)
        self = intake.finished()
    }
}
