namespace ServerlessCqrs.LocalRuntime.Processes;

/// <summary>A child's output: all of it in a file, and the last lines in memory for an error message.</summary>
internal sealed class ProcessLog : IDisposable
{
    private const int RememberedLines = 12;
    private const long LargestFile = 16 * 1024 * 1024;
    private readonly Lock _gate = new();
    private readonly Queue<string> _last = new();
    private readonly StreamWriter _file;
    private bool _closed;

    private readonly Action<Exception>? _onFailure;
    private bool _failed;

    /// <param name="onFailure">Called once if the file cannot be written, for example on a full disk. The lines stay in
    /// memory, and the child continues.</param>
    public ProcessLog(string path, Action<Exception>? onFailure = null)
    {
        (Path, _onFailure) = (path, onFailure);
        if (File.Exists(path) && new FileInfo(path).Length > LargestFile)
            File.Move(path, path + ".old", overwrite: true);
        _file = new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
    }

    public string Path { get; }

    /// <summary>
    /// The last line of standard error since the process started, or of standard output if there is none; null if it
    /// printed nothing.
    /// </summary>
    public string? LastLine
    {
        get
        {
            lock (_gate)
                return LastErrorLine ?? _last.LastOrDefault();
        }
    }

    private string? LastErrorLine { get; set; }

    public IReadOnlyList<string> LastLines
    {
        get
        {
            lock (_gate)
                return [.. _last];
        }
    }

    public void Begin(string commandLine)
    {
        lock (_gate)
        {
            _last.Clear();
            LastErrorLine = null;
            Keep($"---- {commandLine}");
        }
    }

    public void Write(string line, bool isError)
    {
        lock (_gate)
        {
            if (_closed)
                return;
            Keep(line);
            if (string.IsNullOrWhiteSpace(line))
                return;
            if (isError)
                LastErrorLine = line;
            _last.Enqueue(line);
            if (_last.Count > RememberedLines)
                _last.Dequeue();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            try
            {
                _file.Dispose();
            }
            catch (IOException e)
            {
                Failed(e);
            }
        }
    }

    private void Keep(string line)
    {
        try
        {
            _file.WriteLine(line);
        }
        catch (IOException e)
        {
            Failed(e);
        }
    }

    private void Failed(IOException e)
    {
        if (!_failed)
            _onFailure?.Invoke(e);
        _failed = true;
    }
}
