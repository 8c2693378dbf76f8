using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ServerlessCqrs.EventStore.Personal;

/// <summary>
/// A 256-bit master key in a file that only its owner may read. A missing file is created. For one machine: anybody who
/// has the file can open everything.
/// </summary>
public sealed class FileMasterKey(string path) : IMasterKey
{
    private const int KeyBytes = 32;

    private readonly Lazy<byte[]> _key = new(() => ReadOrMake(path), LazyThreadSafetyMode.PublicationOnly);

    public Task<(byte[] Plain, byte[] Wrapped)> CreateAsync(string person, CancellationToken ct)
    {
        var plain = RandomNumberGenerator.GetBytes(KeyBytes);
        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        return Task.FromResult((plain, SealedBox.Seal(_key.Value, nonce, plain, Encoding.UTF8.GetBytes(person))));
    }

    public Task<byte[]> UnwrapAsync(string person, byte[] wrapped, CancellationToken ct)
    {
        try
        {
            return Task.FromResult(SealedBox.Open(_key.Value, wrapped, Encoding.UTF8.GetBytes(person)));
        }
        catch (CryptographicException e)
        {
            throw new CryptographicException($"The key of '{person}' was not wrapped for this person by the master key in {path}, or was changed.", e);
        }
    }

    private static byte[] ReadOrMake(string path)
    {
        if (!File.Exists(path)) Make(path);
        var key = File.ReadAllBytes(path);
        return key.Length == KeyBytes ? key : throw new CryptographicException($"The master key in {path} has {key.Length} bytes instead of {KeyBytes}.");
    }

    // The key is written to a temporary file and then linked to its name, which fails if another process was first. So
    // an existing key file is complete and never changes.
    private static void Make(string path)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var draft = $"{full}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using (var file = new FileStream(draft, options))
            {
                file.Write(RandomNumberGenerator.GetBytes(KeyBytes));
                file.Flush(flushToDisk: true);
            }

            Name(draft, full);
        }
        catch (IOException) when (File.Exists(full))
        {
            // Another process created it first.
        }
        finally
        {
            File.Delete(draft);
        }
    }

    // On Unix, File.Move checks whether the target exists and then renames, so it can overwrite a file created in
    // between. Creating a link is atomic.
    private static void Name(string draft, string path)
    {
        if (OperatingSystem.IsWindows()) File.Move(draft, path, overwrite: false);
        else if (link(draft, path) != 0) throw new IOException($"The master key cannot be stored in {path} (error {Marshal.GetLastPInvokeError()}).");
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true, BestFitMapping = false), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int link([MarshalAs(UnmanagedType.LPUTF8Str)] string existing, [MarshalAs(UnmanagedType.LPUTF8Str)] string name);
}
