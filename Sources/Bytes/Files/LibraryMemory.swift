extension UnsafeMutablePointer {
  /// Memory that holds a value for a C library, which keeps a pointer to it. Whoever asked for it ends what the
  /// library made of it, and gives it back by `deallocate`.
  static func holding(_ value: Pointee) -> Self {
    let memory = allocate(capacity: 1)
    memory.initialize(to: value)
    return memory
  }
}
