internal import CRocksDB

/// How RocksDB is set up: for keys in random order of which most are looked up in vain, and for a
/// memory that stays within what the user allows.
enum StoreOptions {
  /// - Parameter memory: Bytes for everything, see the parts below.
  static func make(memory: Int, isNew: Bool) -> OpaquePointer {
    let options: OpaquePointer = rocksdb_options_create()
    rocksdb_options_set_create_if_missing(options, isNew ? 1 : 0)
    // A record that a crash cut short at the end of the log was never promised to anybody; anything
    // else that is wrong with the log is a damage.
    rocksdb_options_set_wal_recovery_mode(
      options, Int32(rocksdb_tolerate_corrupted_tail_records_recovery))
    setMemory(options, memory)
    setLevels(options, memory)
    setLog(options)
    giveLargePiecesBack()
    return options
  }

  /// The table of recent writes consists of pieces of one mebibyte that are allocated and freed often. By default
  /// glibc returns such pieces to the system only until the first of them is freed. After that it takes them from
  /// the heap, where long-lived data settle between them: a peak of 87 MB instead of 84 at a setting of 64 MiB.
  /// With fixed bounds glibc always returns them. The bounds hold for the whole process.
  private static func giveLargePiecesBack() {
    #if canImport(Glibc)
      _ = mallopt(M_MMAP_THRESHOLD, 1 << 20)
      _ = mallopt(M_TRIM_THRESHOLD, 4 << 20)
    #endif
  }

  /// How the memory is shared, in sixteenths: two for the cache; four for the data that stages hold in memory;
  /// three for each of two tables of recent writes, since a full table is closed only after the whole batch that
  /// filled it. The changes of a checkpoint take one while they are written as a batch, and before that
  /// `shareOfChanges` while they are staged. Two are left for memory that is not counted: tables while they are
  /// written or merged, and gaps between pieces in use.
  ///
  /// At 256 MiB, which are 268 MB, the process of `winnow-bench index` had a peak of 196 MB after two
  /// million documents, 242 MB after 2.5 million, when the filter of `near_duplicates` had its full size,
  /// and 262 MB after five million; without a state it takes 25 MB.
  private static func setMemory(_ options: OpaquePointer, _ memory: Int) {
    rocksdb_options_set_write_buffer_size(options, memory / 8)
    rocksdb_options_set_max_write_buffer_number(options, 2)
    // Most keys are new: a filter answers for the table in memory, too.
    rocksdb_options_set_memtable_prefix_bloom_size_ratio(options, 0.05)
    rocksdb_options_set_memtable_whole_key_filtering(options, 1)
    // Each open file holds some kilobytes that the cache does not count.
    rocksdb_options_set_max_open_files(options, 256)

    let table: OpaquePointer = rocksdb_block_based_options_create()
    defer { rocksdb_block_based_options_destroy(table) }
    let cache: OpaquePointer = rocksdb_cache_create_lru(memory / 8)
    defer { rocksdb_cache_destroy(cache) }
    rocksdb_block_based_options_set_block_cache(table, cache)
    rocksdb_block_based_options_set_cache_index_and_filter_blocks(table, 1)
    rocksdb_block_based_options_set_cache_index_and_filter_blocks_with_high_priority(table, 1)
    rocksdb_block_based_options_set_pin_l0_filter_and_index_blocks_in_cache(table, 1)
    // Ten bits a key answer 99 % of vain look-ups. In parts, so that filters larger than the cache
    // are read by the page and not by the file.
    rocksdb_block_based_options_set_filter_policy(
      table, rocksdb_filterpolicy_create_bloom_full(10))
    rocksdb_block_based_options_set_index_type(
      table, Int32(rocksdb_block_based_table_index_type_two_level_index_search))
    rocksdb_block_based_options_set_partition_filters(table, 1)
    rocksdb_block_based_options_set_pin_top_level_index_and_filter(table, 1)
    rocksdb_options_set_block_based_table_factory(options, table)
  }

  static let sixteenthsOfStages = 4

  /// The staged changes may take this part of the memory; then a checkpoint is due.
  static let shareOfChanges = 16

  /// Most of what the threads of RocksDB do is merging. Tables wait until eight of them are merged at a
  /// time, and a level is but four times as large as the one above, so that a table that comes down meets
  /// less to be merged with: of five million documents the last half million took 74 µs of processor
  /// time each, of all threads, the first 55. The filter of a stage answers most look-ups that would
  /// ask all tables.
  private static func setLevels(_ options: OpaquePointer, _ memory: Int) {
    // One thread writes tables out while another merges levels; the run's own need the rest.
    rocksdb_options_set_max_background_jobs(options, 2)
    rocksdb_options_set_level_compaction_dynamic_level_bytes(options, 1)
    rocksdb_options_set_level0_file_num_compaction_trigger(options, 8)
    rocksdb_options_set_max_bytes_for_level_multiplier(options, 4)
    rocksdb_options_set_max_bytes_for_level_base(options, UInt64(memory))
    rocksdb_options_set_compression(options, Int32(rocksdb_lz4_compression))
    // Smooths what would otherwise reach the disk all at once.
    rocksdb_options_set_bytes_per_sync(options, 1 << 20)
  }

  /// RocksDB's own log is for its developers: warnings only, two small files.
  private static func setLog(_ options: OpaquePointer) {
    rocksdb_options_set_info_log_level(options, warnings)
    rocksdb_options_set_keep_log_file_num(options, 2)
    rocksdb_options_set_max_log_file_size(options, 1 << 20)
    rocksdb_options_set_stats_dump_period_sec(options, 0)
  }

  /// `InfoLogLevel::WARN_LEVEL`, which the C API does not name.
  private static let warnings: Int32 = 2
}
