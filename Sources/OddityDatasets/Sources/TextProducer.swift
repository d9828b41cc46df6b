/// Text that is made as it is read, such as that of the rows of a database.
package protocol TextProducer: AnyObject {
    /// The next bytes; nil at the end.
    func next() throws(DatasetError) -> [UInt8]?
    /// Goes back to the first byte.
    func restart() throws(DatasetError)
}
