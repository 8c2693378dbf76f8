using Microsoft.Extensions.Logging;

namespace ServerlessCqrs.LocalRuntime.Prerequisites;

/// <summary>Keeps two processes from the same work: one does it, the others wait.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    /// <param name="work">What the holder does, as in "installs the npm packages".</param>
    /// <exception cref="IOException">The lock's folder cannot be written.</exception>
    public static async Task<FileStream> AcquireAsync(string path, string work, ILogger log, CancellationToken ct)
    {
        try
        {
            // What fails here always fails: only somebody else's lock is worth a wait. The lock's own file cannot be tried,
            // because to open it would fail while somebody holds it.
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var probe = new FileStream($"{path}.{Guid.NewGuid():N}", FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"This process {work}, but {path} cannot be written: {e.Message}", e);
        }

        for (var isTold = false; ; isTold = true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                if (!isTold)
                    log.LogInformation("Another process {Work}; this one waits for it", work);
                await Task.Delay(Poll, ct);
            }
        }
    }
}
