namespace ServerlessCqrs.Cdk;

/// <summary>The folder of the solution.</summary>
public static class RepositoryRoot
{
    /// <exception cref="DirectoryNotFoundException">Neither the working folder nor the program's folder is in the
    /// repository.</exception>
    public static string Find()
    {
        foreach (var start in new[] { Environment.CurrentDirectory, AppContext.BaseDirectory })
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
                if (folder.EnumerateFiles("*.sln*").Any()) return folder.FullName;
        throw new DirectoryNotFoundException("No folder above this one has a solution (*.sln or *.slnx). Run it inside your repository.");
    }
}
