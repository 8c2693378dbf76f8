namespace ServerlessCqrs.LocalRuntime.Prerequisites;

/// <summary>The folder of <c>package-lock.json</c> and the solution.</summary>
public static class RepositoryRoot
{
    /// <exception cref="DirectoryNotFoundException">Neither the program nor the working directory is in the
    /// repository.</exception>
    public static string Find() =>
        Above(AppContext.BaseDirectory)
        ?? Above(Directory.GetCurrentDirectory())
        ?? throw new DirectoryNotFoundException("No folder above this program has a solution (*.sln or *.slnx). Run it inside your repository.");

    private static string? Above(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (folder.EnumerateFiles("*.sln*").Any())
                return folder.FullName;
        }

        return null;
    }
}
