internal import LinearAlgebra

/// All training pictures and their features.
struct TrainingPictures: Sendable {
    /// The pictures as they were given.
    let pictures: StoredRows
    let basis: ImageBasis
    /// Pictures × numbers of the descriptor; empty where only pixels count.
    let descriptors: StoredRows
    /// Pictures × numbers of the pooled picture.
    let pooled: StoredRows
    /// Pictures × numbers of the grid of structure patches; empty where only pixels count.
    let cells: StoredRows
    /// For each picture its light; see ``LightRange``.
    let lights: [[Double]]
    /// How well the pictures are aligned, from 0 to 1: the variance over pixels of the mean picture,
    /// divided by the variance of all pixels of all pictures.
    let alignment: Double
    /// Whether pictures and features lie in scratch files, where what is measured of them belongs too.
    let inFile: Bool
}

extension TrainingPictures {
    /// Takes in pictures that are in memory.
    init(
        _ pictures: Matrix,
        shape: ImageShape,
        configuration: ImageDetector = ImageDetector(),
        threadCount: Int
    ) throws {
        var intake = try PictureIntake(configuration, shape: shape, inFile: false)
        try intake.add(pictures, threadCount: threadCount)
        self = intake.finished()
    }
}
