namespace ServerlessCqrs.Cdk;

/// <summary>The context does not describe an environment. The message lists every fault.</summary>
public sealed class OptionsException(IReadOnlyList<string> errors) : Exception(string.Join(Environment.NewLine, errors))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}
