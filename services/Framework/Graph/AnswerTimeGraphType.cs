using GraphQL.Types;
using ServerlessCqrs.Web;

namespace ServerlessCqrs.Graph;

/// <summary>Times in the format of every other answer.</summary>
public sealed class AnswerTimeGraphType : DateTimeOffsetGraphType
{
    public AnswerTimeGraphType() => Name = "DateTimeOffset";

    public override object? Serialize(object? value) =>
        value is DateTimeOffset time ? AnswerTime.TextOf(time) : base.Serialize(value);
}
