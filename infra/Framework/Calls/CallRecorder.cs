using System.Reflection;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace ServerlessCqrs.Calls;

/// <summary>
/// Records each distinct call once, before it is sent: the call needs its rights even if it fails. Counts every request
/// if <see cref="Recording.Counts"/> is set. It is first in the pipeline of every client that the program creates.
/// </summary>
internal sealed class CallRecorder(Action<Call>? record, CallCounter? counter) : PipelineHandler
{
    private static readonly string ProgramName = NameOfProgram();

    private readonly CallNames _names = new();

    /// <summary>Adds a recorder to every client that this process creates from now on.</summary>
    public static void Install()
    {
        var record = Folder(Recording.Folder) is { } folder ? Once(folder) : null;
        var counter = Folder(Recording.Counts) is { } counts ? new CallCounter(counts) : null;
        if (record is null && counter is null) return;
        RuntimePipelineCustomizerRegistry.Instance.Register(new Customizer(record, counter));
    }

    public override void InvokeSync(IExecutionContext executionContext)
    {
        Record(executionContext.RequestContext);
        base.InvokeSync(executionContext);
    }

    public override Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        Record(executionContext.RequestContext);
        return base.InvokeAsync<T>(executionContext);
    }

    private void Record(IRequestContext context)
    {
        counter?.Add(ProgramName, CallNames.OperationOf(context.ServiceMetaData.ServiceId, context.OriginalRequest));
        if (record is null) return;
        foreach (var (operation, resource) in _names.Of(context.ServiceMetaData.ServiceId, context.OriginalRequest))
            record(new Call(ProgramName, operation, resource));
    }

    private static string? Folder(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } folder ? folder : null;

    private static Action<Call> Once(string folder)
    {
        var gate = new Lock();
        var known = new HashSet<Call>();
        return call =>
        {
            lock (gate)
                if (known.Add(call)) CallTable.Append(folder, call);
        };
    }

    private static string NameOfProgram()
    {
        const string Prefix = "ServerlessCqrs.";
        if (Environment.GetEnvironmentVariable(Recording.Program) is { Length: > 0 } name) return name;
        var assembly = Assembly.GetEntryAssembly()?.GetName().Name ?? "";
        return assembly.StartsWith(Prefix, StringComparison.Ordinal) ? assembly[Prefix.Length..] : assembly;
    }

    private sealed class Customizer(Action<Call>? record, CallCounter? counter) : IRuntimePipelineCustomizer
    {
        public string UniqueName => "ServerlessCqrs.Calls";

        public void Customize(Type serviceClientType, RuntimePipeline pipeline) => pipeline.AddHandler(new CallRecorder(record, counter));
    }
}
