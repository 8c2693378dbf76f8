namespace ServerlessCqrs.Streams;

/// <summary>
/// Something that happened to one stream. It has a <see cref="WireNameAttribute"/>, is immutable, and stays readable
/// forever.
/// </summary>
public interface IEvent;
