namespace ServerlessCqrs.Operating.ConsolePage;

/// <summary>Finds the page's built files: beside the program where it is packaged, else in the repository that the program was built in.</summary>
internal static class PageFolder
{
    private const string InRepository = "services/Framework/WebConsole/web";

    public static string Find()
    {
        var packaged = Path.Combine(AppContext.BaseDirectory, "console");
        if (Directory.Exists(packaged)) return packaged;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Directory.Exists(Path.Combine(folder.FullName, InRepository))) return Path.Combine(folder.FullName, InRepository, "dist");
        return packaged;
    }
}
