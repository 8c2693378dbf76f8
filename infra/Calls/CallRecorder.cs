using System.Reflection;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace ServerlessCqrs.Calls;

/// <summary>
/// Records each different call once, before it is sent: it needs its rights whatever becomes of it. It stands first in
/// the pipeline of every client that the program makes.
/// </summary>
internal sealed class CallRecorder(Action<Call> record) : PipelineHandler
{
    private static readonly string ProgramName = NameOfProgram();

    private readonly CallNames _names = new();

    /// <summary>Has every client of this process recorded that is made from now on.</summary>
    public static void Install()
    {
        if (Environment.GetEnvironmentVariable(Recording.Folder) is not { Length: > 0 } folder) return;
        var gate = new Lock();
        var known = new HashSet<Call>();
        RuntimePipelineCustomizerRegistry.Instance.Register(new Customizer(call =>
        {
            lock (gate)
                if (known.Add(call)) CallTable.Append(folder, call);
        }));
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
        foreach (var (operation, resource) in _names.Of(context.ServiceMetaData.ServiceId, context.OriginalRequest))
            record(new Call(ProgramName, operation, resource));
    }

    private static string NameOfProgram()
    {
        const string Prefix = "ServerlessCqrs.";
        if (Environment.GetEnvironmentVariable(Recording.Program) is { Length: > 0 } name) return name;
        var assembly = Assembly.GetEntryAssembly()?.GetName().Name ?? "";
        return assembly.StartsWith(Prefix, StringComparison.Ordinal) ? assembly[Prefix.Length..] : assembly;
    }

    private sealed class Customizer(Action<Call> record) : IRuntimePipelineCustomizer
    {
        public string UniqueName => "ServerlessCqrs.Calls";

        public void Customize(Type serviceClientType, RuntimePipeline pipeline) => pipeline.AddHandler(new CallRecorder(record));
    }
}
