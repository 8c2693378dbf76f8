namespace ServerlessCqrs.LocalRuntime.Secrets;

/// <summary>Files with keys, tokens and passwords that only their owner can read.</summary>
internal static class OwnerOnlyFile
{
    /// <summary>Writes the file atomically: a reader sees either the old text or the complete new one.</summary>
    public static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        // The mode applies only to a new file.
        File.Delete(path + ".new");
        using (var file = new StreamWriter(path + ".new", options))
            file.Write(text);
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Reads the file's text, or creates the file if there is none.</summary>
    public static string ReadOrCreate(string path, Func<string> create)
    {
        if (!File.Exists(path))
            Write(path, create());
        return File.ReadAllText(path);
    }
}
