using Microsoft.Extensions.Logging;

namespace ServerlessCqrs.NpmBuilds;

/// <summary>A lock between processes: one does the work, the others wait.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    /// <param name="work">The holder's work, as in "installs the npm packages".</param>
    /// <exception cref="IOException">The lock's folder is not writable.</exception>
    public static async Task<FileStream> AcquireAsync(string path, string work, ILogger log, CancellationToken ct)
    {
        try
        {
            // An error here is permanent, so waiting would not help. The lock file itself cannot be tried: opening it
            // fails while another process holds it.
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
