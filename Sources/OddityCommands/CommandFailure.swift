internal import ArgumentParser
internal import Datasets
internal import Detectors
internal import Evaluation
internal import Files
internal import ModelFiles
internal import NeuralNetworks
internal import Preprocessing

/// How a command ends when it cannot do its work: one line on standard error and an exit code of
/// `sysexits.h`.
enum CommandFailure {
    static let data = ExitCode(65)
    static let inputOutput = ExitCode(74)

    /// Runs the work of a command and turns errors into their line and exit code.
    ///
    /// - Parameter file: named in messages of errors that do not know their file.
    static func reporting<Value>(file: String? = nil, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as ExitCode {
            throw error
        } catch let error as ValidationError {
            throw error
        } catch {
            let text = "\(error)"
            let line = knowsItsFile(error) || file == nil ? text : "\(file ?? ""): \(text)"
            Console.error("oddity: \(line)")
            throw isInputOutput(error) ? inputOutput : data
        }
    }

    private static func knowsItsFile(_ error: any Error) -> Bool {
        error is DatasetError || error is ModelFileError || error is FileError
    }

    private static func isInputOutput(_ error: any Error) -> Bool {
        switch error {
        case let error as DatasetError: error.category == .io
        case let error as ModelFileError: error.isInputOutput
        case is FileError: true
        default: false
        }
    }
}
