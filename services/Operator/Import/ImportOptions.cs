using System.CommandLine;
using ServerlessCqrs.Operating;
using ServerlessCqrs.Operating.Commands;
using ServerlessCqrs.Operating.Stacks;

namespace ServerlessCqrs.Operator.Import;

/// <summary>The options of every import: the stack and the patience.</summary>
internal sealed class ImportOptions(OperatedSystem system, int patienceSeconds)
{
    private readonly StackOptions _stack = new(system);

    private readonly Option<int> _patience = Values.Whole("SECONDS", 1, 86_400).Option("--patience", "Stop after this many seconds without progress.", patienceSeconds);

    public void AddTo(Command command)
    {
        command.Options.Add(_patience);
        _stack.AddTo(command);
    }

    /// <param name="what">The plural name of the imported items.</param>
    /// <exception cref="OperatorException">The stack does not exist.</exception>
    public async Task<ImportRun> OpenAsync(ParseResult parsed, string what, FileSurvey survey, CancellationToken ct) =>
        new(await _stack.OpenAsync(parsed, TimeProvider.System, ct), what, survey, TimeSpan.FromSeconds(parsed.GetValue(_patience)));
}
