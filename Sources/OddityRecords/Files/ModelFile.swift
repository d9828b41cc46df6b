package import OddityDetectors
package import OddityFailures
internal import OddityModelFiles

/// Reads the model of a command.
package func readModel(_ path: String) throws -> Model {
    do {
        return try Model(reading: path)
    } catch let error as ModelFileError where error.code == .headerLength {
        throw MisplacedFile(
            description:
                "\(shownPath(path)): this is not a model; give a file that oddity fit wrote, and "
                + "before the data"
        )
    } catch let error as any Failure {
        throw ModelFailure(path: path, cause: error)
    }
}

/// Refuses data of the other kind than the model's.
package func checkImages(_ path: String, areExpected: Bool, by model: String) throws {
    guard areExpected != isImages(path) else { return }
    throw MisplacedFile(
        description: areExpected
            ? "\(shownPath(path)): \(fileName(model)) judges images; give a folder of them, or .npy, .npz or IDX"
            : "\(shownPath(path)): these are images, and \(fileName(model)) judges rows; give a CSV file"
    )
}

/// An error of a model, with its file: no data are to blame for it.
package struct ModelFailure: Failure {
    package let path: String
    package let cause: any Failure

    package var blame: Blame { cause.blame == .system ? .system : .data }
    package var namesItsFile: Bool { true }
    package var description: String {
        cause.namesItsFile ? "\(cause)" : "\(shownPath(path)): \(cause)"
    }
}
