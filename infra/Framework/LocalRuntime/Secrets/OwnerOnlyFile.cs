namespace ServerlessCqrs.LocalRuntime.Secrets;

/// <summary>Files with keys, tokens and passwords: only their owner may read them.</summary>
internal static class OwnerOnlyFile
{
    /// <summary>Writes the file in one step: a reader sees the old text or all of the new one.</summary>
    public static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        // The mode counts only for a file that is new.
        File.Delete(path + ".new");
        using (var file = new StreamWriter(path + ".new", options))
            file.Write(text);
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Reads the file's text, or writes a new one when there is none.</summary>
    public static string ReadOrCreate(string path, Func<string> create)
    {
        if (!File.Exists(path))
            Write(path, create());
        return File.ReadAllText(path);
    }
}
