namespace ServerlessCqrs.Cdk;

public static class RepositoryRoot
{
    /// <exception cref="DirectoryNotFoundException">Neither the working folder nor the program's folder is in the
    /// repository.</exception>
    public static string Find()
    {
        foreach (var start in new[] { Environment.CurrentDirectory, AppContext.BaseDirectory })
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
                if (File.Exists(Path.Combine(folder.FullName, "ServerlessCqrs.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException("Run this in the repository.");
    }
}
