internal import OddityDetectors
internal import OddityModelFiles

/// A model of any kind.
enum AnyModel {
    case table(FittedTableDetector)
    case images(FittedImageDetector)
    case series(FittedSeriesDetector)

    /// Reads the model of a command.
    init(reading path: String) throws {
        do {
            self =
                switch try DetectorKind(ofModelAt: path) {
                case .autoencoder: .table(try FittedTableDetector(reading: path))
                case .images: .images(try FittedImageDetector(reading: path))
                case .series: .series(try FittedSeriesDetector(reading: path))
                }
        } catch let error as ModelFileError where error.code == .headerLength {
            throw MisplacedFile(
                description: "\(path): this is not a model; give a file that oddity fit wrote, and "
                    + "before the data"
            )
        } catch {
            throw LocatedError(error, inModel: path)
        }
    }
}

/// Refuses data of the other kind than the model's.
func checkImages(_ path: String, areExpected: Bool, by model: String) throws {
    guard areExpected != isImages(path) else { return }
    throw MisplacedFile(
        description: areExpected
            ? "\(path): \(fileName(model)) judges images; give a folder of them, or .npy, .npz or IDX"
            : "\(path): these are images, and \(fileName(model)) judges rows; give a CSV file"
    )
}

/// An error that does not know its file, with the file that is at fault.
struct LocatedError: Error, CustomStringConvertible {
    let error: any Error
    let path: String

    init(_ error: any Error, inModel path: String) {
        self.error = error
        self.path = path
    }

    var description: String {
        CommandFailure.knowsItsFile(error) ? "\(error)" : "\(shownPath(path)): \(error)"
    }
}
