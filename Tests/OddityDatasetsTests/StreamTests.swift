import OddityDatasets
import OddityPlatform
import TestSupport
import Testing

@Suite("Compressed files and streams")
struct StreamTests {
    private let text =
        "a,b\n" + (0..<5_000).map { "\(Double($0) * 0.37),l\($0 % 9)\n" }.joined()

    @Test("gzip reads like plain text")
    func readsGzip() throws {
        let folder = try TemporaryFolder()
        let plain = try Table.reading(path: folder.write(text)).table
        let compressed = try Table.reading(path: folder.writeCompressed(text)).table
        #expect(plain == compressed)
        #expect(compressed.rowCount == 5_000)
    }

    @Test("truncated gzip is an error of its own")
    func refusesTruncatedGzip() throws {
        let folder = try TemporaryFolder()
        let bytes = folder.read(folder.writeCompressed(text))
        for count in [12, bytes.count / 2, bytes.count - 1] {
            let error = try errorReading(Array(bytes[..<count]))
            #expect(error?.code == .truncatedGzip)
            #expect(error?.category == .data)
        }
    }

    @Test("damaged gzip is an error of its own")
    func refusesCorruptGzip() throws {
        let folder = try TemporaryFolder()
        let bytes = folder.read(folder.writeCompressed(text))
        var damaged = bytes
        for index in bytes.count / 2..<bytes.count / 2 + 16 { damaged[index] ^= 0xFF }
        #expect(try errorReading(damaged)?.code == .corruptGzip)
        var badSum = bytes
        badSum[bytes.count - 6] ^= 1
        #expect(try errorReading(badSum)?.code == .corruptGzip)
    }

    @Test("a stream is read twice to fit and once to score")
    func readsPipe() throws {
        let folder = try TemporaryFolder()
        let path = folder.makePipe()
        for isFitting in [true, false] {
            let writer = PipeWriter(path: path, text: text)
            let table: Table
            if isFitting {
                table = try Table.reading(path: path).table
            } else {
                let schema = Schema(columns: [
                    ColumnSchema(name: "b", kind: .categorical),
                    ColumnSchema(name: "a", kind: .numeric),
                ])
                table = try Table.reading(path: path, schema: schema)
            }
            writer.join()
            #expect(table.rowCount == 5_000)
            #expect(table["a"]?.numbers?[4_999] == 4_999 * 0.37)
            #expect(table["b"]?.texts?[10] == "l1")
        }
    }
}

/// A thread that writes a text to a named pipe.
private final class PipeWriter {
    private final class Job: Sendable {
        let path: String
        let text: String
        init(path: String, text: String) {
            self.path = path
            self.text = text
        }
    }

    private var thread = pthread_t()

    init(path: String, text: String) {
        let job = Unmanaged.passRetained(Job(path: path, text: text))
        pthread_create(
            &thread,
            nil,
            { argument in
                guard let argument else { return nil }
                let job = Unmanaged<Job>.fromOpaque(argument).takeRetainedValue()
                guard let pipe = fopen(job.path, "wb") else { return nil }
                fputs(job.text, pipe)
                fclose(pipe)
                return nil
            },
            job.toOpaque()
        )
    }

    func join() {
        pthread_join(thread, nil)
    }
}
