namespace ServerlessCqrs.LocalRuntime.Processes;

/// <summary>
/// Checks at the start that a stack can store its data. Without the check, later programs hang or fail far from the
/// cause.
/// </summary>
public static class DataFolder
{
    /// <summary>A new stack writes about 30 MB. DynamoDB Local and ClickHouse stop when the disk is full.</summary>
    private const long LeastFree = 100L << 20;

    /// <summary>Creates the folder if it is missing, and returns its full path.</summary>
    /// <exception cref="IOException">The path is not a folder, the folder is not writable, or its disk is full. The
    /// message is one line that says what to do.</exception>
    public static string Prepare(string path)
    {
        if (File.Exists(path))
            throw new IOException($"The data folder {path} is a file. Choose a folder with --data.");
        long free;
        try
        {
            path = Directory.CreateDirectory(path).FullName;
            var probe = Path.Combine(path, ".probe");
            File.WriteAllBytes(probe, new byte[4096]);
            File.Delete(probe);
            free = new DriveInfo(path).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The data folder {path} cannot be written: {e.Message} Make room or change its permissions, or choose another folder with --data.", e);
        }

        return free >= LeastFree
            ? path
            : throw new IOException($"The disk of the data folder {path} is full: {free >> 20} MB are free, and a stack needs {LeastFree >> 20}. Make room, or choose another folder with --data.");
    }
}
