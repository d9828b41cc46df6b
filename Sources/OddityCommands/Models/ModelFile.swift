internal import Detectors
internal import ModelFiles

/// A model of any kind.
enum AnyModel {
    case table(FittedAutoencoder)
    case images(FittedImageDetector)
    case series(FittedSeriesDetector)

    /// Reads the model of a command.
    init(reading path: String) throws {
        do {
            self =
                switch try DetectorKind(ofModelAt: path) {
                case .autoencoder: .table(try FittedAutoencoder(reading: path))
                case .images: .images(try FittedImageDetector(reading: path))
                case .series: .series(try FittedSeriesDetector(reading: path))
                }
        } catch let error as ModelFileError where error.code == .headerLength {
            throw MisplacedFile(
                description: "\(path): this is not a model; give a file that oddity fit wrote, and "
                    + "before the data"
            )
        }
    }
}

/// Refuses data of the other kind than the model's.
func checkPictures(_ path: String, areExpected: Bool, by model: String) throws {
    guard areExpected != isPictures(path) else { return }
    throw MisplacedFile(
        description: areExpected
            ? "\(path): \(fileName(model)) judges pictures; give a folder of them, or .npy, .npz or IDX"
            : "\(path): these are pictures, and \(fileName(model)) judges rows; give a CSV file"
    )
}
