package recording

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// withoutIdentity redacts the text of an error. It keeps known words, short numbers and
// strings that are kept elsewhere in the recording. It replaces strings that were
// redacted before with the same pseudonyms, and treats a quotation as one value.
func (r *Redactor) withoutIdentity(text string) string {
	for _, value := range r.unindexed {
		if strings.ContainsFunc(value, isWordRune) {
			r.redacted.add(value)
		}
	}
	r.unindexed = nil
	var b strings.Builder
	for inWord := false; text != ""; {
		part, as := r.next(text, inWord)
		b.WriteString(as)
		text = text[len(part):]
		last, _ := utf8.DecodeLastRuneInString(part)
		inWord = isWordRune(last)
	}
	return b.String()
}

// next returns the first part of text and its replacement.
func (r *Redactor) next(text string, inWord bool) (part, as string) {
	if !inWord {
		if value := r.redacted.begins(text); value != "" && (numberOf(value) != "" || len(value) >= len(numberOf(text))) {
			if as = r.strings[value]; as == "" {
				as = "####"
			}
			return value, as
		}
	}
	first, size := utf8.DecodeRuneInString(text)
	number, token := numberOf(text), tokenOf(text)
	word := wordOf(token, text)
	switch {
	case first == '"':
		quoted, _, closed := strings.Cut(text[1:], `"`)
		as := quoted
		if !r.kept[quoted] && !r.gave(quoted) {
			as = r.pseudonym(quoted)
		}
		if !closed {
			return text, `"` + as
		}
		return text[:len(quoted)+2], `"` + as + `"`
	case r.kept[token] && len(token) >= len(number):
		return token, token
	case number != "":
		return number, "####"
	case word == "":
		return text[:size], text[:size]
	case r.gave(word):
		return word, word
	case isCommon(word):
		for at, c := range word {
			if rest := at + utf8.RuneLen(c); isJoiner(c) && r.redacted.begins(text[rest:]) != "" {
				return word[:rest], word[:rest]
			}
		}
		return word, word
	}
	return word, r.pseudonym(word)
}

// isInWord reports whether the boundary between value and rest is inside a word.
func isInWord(value, rest string) bool {
	last, _ := utf8.DecodeLastRuneInString(value)
	next, _ := utf8.DecodeRuneInString(rest)
	return rest != "" && isWordRune(last) && isWordRune(next)
}

// numberOf returns the number at the start of text if it has at least four digits. Any
// characters except letters may separate the digits, because phone numbers are grouped
// in many ways.
func numberOf(text string) string {
	digits, end := 0, 0
	for at, c := range text {
		if unicode.IsNumber(c) {
			digits, end = digits+1, at+utf8.RuneLen(c)
		} else if digits == 0 || unicode.IsLetter(c) {
			break
		}
	}
	if digits < 4 {
		return ""
	}
	return text[:end]
}

// tokenOf returns the letters and digits at the start of text, including the signs that
// join them.
func tokenOf(text string) string {
	for at, c := range text {
		if !isWordRune(c) && (at == 0 || !isJoiner(c)) {
			text = text[:at]
			break
		}
	}
	return strings.TrimRightFunc(text, isJoiner)
}

// wordOf returns the part of a token that precedes a number.
func wordOf(token, text string) string {
	for at, c := range token {
		if unicode.IsNumber(c) && numberOf(text[at:]) != "" {
			return strings.TrimRightFunc(token[:at], isJoiner)
		}
	}
	return token
}

// isWordRune reports whether c is part of a word: an ASCII letter or digit, or any
// other character outside ASCII that is neither space nor punctuation. Symbols and
// invisible characters count because they could hide a name.
func isWordRune(c rune) bool {
	if c < utf8.RuneSelf {
		return unicode.IsLetter(c) || unicode.IsDigit(c)
	}
	return !unicode.IsSpace(c) && !unicode.IsPunct(c)
}

func isJoiner(c rune) bool { return strings.ContainsRune("@._-'’", c) }

// isCommon reports whether word consists of words that name nobody and of short
// numbers, as "getState", "USER_DATA_ATTACHED" and "isn't" do. A word of more than 100
// bytes is not common: withoutIdentity may scan the rest of a word once for each of its
// parts.
func isCommon(word string) bool {
	if len(word) > 100 {
		return false
	}
	begin, afterLower := 0, false
	for at, c := range word + "." {
		switch {
		case isJoiner(c):
			if !isCommonPart(word[begin:at]) {
				return false
			}
			begin = at + utf8.RuneLen(c)
		case afterLower && unicode.IsUpper(c):
			if !isCommonPart(word[begin:at]) {
				return false
			}
			begin = at
		}
		afterLower = unicode.IsLower(c)
	}
	return true
}

func isCommonPart(part string) bool {
	lower := strings.ToLower(part)
	return strings.Contains(commonWords, " "+lower+" ") || part == lower && strings.Contains(nameWords, " "+lower+" ") ||
		!strings.ContainsFunc(part, func(c rune) bool { return !unicode.IsNumber(c) })
}

// commonWords are the words kept in error texts: words of the protocol, of telephony
// and of error messages. Names of people must not be among them. It is a string because
// a map would be built at the start of every program, even one without a recorder.
const commonWords = " a abort aborted about above absent accept accepted access accessible action actions active activity add added address after again agent agents " +
	"alerting all allow allowed already also and another answer answered any api appears applicable application are aren argument arguments array as " +
	"assigned at attach attached attempt auth authentication authorization authorized available avoid bad be because been before began begin begins being " +
	"below between blocked blocks body boolean bounds broadcast browser bundle busy but by byte bytes call callback called calling calls campaign " +
	"campaigns cancel canceled cancelled cannot capacity cases cause caused certificate chain chained change changed channel character characters " +
	"chat chats check clear client close closed code collapsed com command complete completed conference conferences conferencing config configuration " +
	"configured conflict connect connected connecting connection connections consult consultation consultations consulted consulting contact contacts " +
	"contain contains content context control could couldn count create created currently custom customer cycle data database date days deadline " +
	"deeply default defined delay delete deleted denied deprecated destination destinations detected device dial dialed dialing dialled dialling dialog " +
	"dialogs did didn direction disabled disconnect disconnected display dn dnd dnis document does doesn domain done due duplicate each either element " +
	"elements email emails employee empty enabled encoding end ended endpoint ends enough entity entries entry error errors established event events " +
	"every ex exceed exceeded exception execute executed exist existing exists expanded expect expected expects expired expression extension extensions " +
	"fail failed fails failure false fatal feature fetch file filter find finds finish finished first following for forbidden format found " +
	"frame frames from full function gateway general genesys genesyscloud get global gone greater group groups gws had handler hang has have header headers " +
	"held here history hold holding host how however http https id idle ids if ignored illegal implemented in inactive inbound incompatible incomplete " +
	"incorrect index initialized initiated input inside instagram instance instead insufficient integer interaction interactions interface internal " +
	"interrupted into invalid invite invited invocation io is isn it its java javascript join joined json jwt known last late later leading " +
	"least left length less level licence license limit limits line list lists live load loaded local location locked log logged logging login logoff " +
	"logon logout lost made make malformed many markdone marked match maximum media medias member members memory menu message messages method methods " +
	"microphone minimum minute minutes missed missing mode module monitoring more most multiple must mute muted name names need needed needs negotiating " +
	"neither nested net network new next no nobody none nor not nothing null number numbers object objects occurred of off offered ok once one only open " +
	"operation operations option options org origin origins other out outbound outside over overflow own owner parameter parameters parent parse parser " +
	"parsing participant parties party path pause paused pending permission permissions phone please pointer port position possible present preview " +
	"previous privilege privileges problem procedure process progress promise properties property protocol provider pull pulled push quarantine query queue " +
	"queues range rate reachable reached read reading ready reason receive received receiver recognized record recording recordings records redirect " +
	"redirected reference refresh refused register registered registration reject rejected rejects release released remote remove removed replay reply " +
	"request requested requests required requires reschedule rescheduled reset resolve resource resources response restart restarted result results resume " +
	"retrieved retry revoke revoked right rights ringing role roles route routing run running runtime s same save saved schema scope script second " +
	"seconds section seems select selected selection send sending sent sequence server servers service services session sessions set setting settings " +
	"should shows since single sip size skill skills skip skipped social socket some something source space speaker sql stack stale start " +
	"started state states status step still stop stopped storage store stream string strings subscribe subscribed subscription subscriptions such " +
	"supervisor supported switch syntax system t table taken talking target targets terminated text than that the their them then there these they this " +
	"those through thrown time timed timeout timer times title toast token too topic transaction transfer transferred transferring transport true trunk " +
	"try trying tserver two type types unable unassigned unauthorized unavailable unblock undefined unexpected unfinished unhandled unhold unique unknown " +
	"unmute unprocessable unreachable unreadable unsubscribe unsupported until up update updated uri url use used user users uses using valid validation " +
	"value values variable version video view views visible voice wait waiting warning was wasn wde we web were what when where whether which while whole " +
	"widget widgets window with within without work workbin worker workitem workspace write written wrong wwe xml yet you your zero "

// nameWords are words kept only in lower case, because they are also names of people.
const nameWords = " an ani block button can case cross day deep do don early else field fields hung just key keys lang large lock mark may on or page " +
	"place pool ring rona see short soon to will won "

const (
	messenger = "messenger:" // prefix of a channel's topic
	party     = "WWE_PARTY_" // prefix of a user data key that WWE adds and that names a person
)

func isTopic(text string) bool {
	switch text {
	case "subscribe", "unsubscribe", "agent", "interaction", "media", "markdone", "outbound", "system":
		return true
	}
	return false
}

// isName reports whether a key of user data looks like an identifier chosen by a
// program, and not like a phone number, an address, a token or a sentence.
func isName(text string) bool {
	for at, c := range text {
		if !unicode.IsLetter(c) && !unicode.IsMark(c) && !unicode.IsDigit(c) && !isKeyJoiner(c) || numberOf(text[at:]) != "" {
			return false
		}
	}
	for part := range strings.FieldsFuncSeq(text, isKeyJoiner) {
		if isToken(part) {
			return false
		}
	}
	if digit := strings.IndexFunc(text, unicode.IsDigit); digit >= 0 && (strings.Contains(text, " ") || !strings.ContainsFunc(text[:digit], unicode.IsLetter)) {
		return false
	}
	return len(text) <= 64 && !IsPseudonym(text)
}

func isKeyJoiner(c rune) bool { return strings.ContainsRune("_-.:/$ ", c) }

// isToken reports whether part of a key mixes letters and digits other than as in
// "Line1" or "Phone1Type", or starts like a JSON Web Token.
func isToken(part string) bool {
	word := strings.TrimRightFunc(part, unicode.IsDigit)
	digit := strings.IndexFunc(word, unicode.IsDigit)
	if digit < 0 {
		return strings.HasPrefix(part, "eyJ")
	}
	before, after := []rune(word[:digit]), []rune(strings.TrimLeftFunc(word[digit:], unicode.IsDigit))
	return word != part || len(before) < 3 || len(after) < 2 || !unicode.IsLower(before[len(before)-1]) ||
		!unicode.IsUpper(after[0]) || !unicode.IsLower(after[1]) || slices.ContainsFunc(after, unicode.IsDigit)
}

// IsRequest reports whether text has the form "namespace.method", in ASCII letters.
// Other names of requests are replaced by pseudonyms.
func IsRequest(text string) bool {
	namespace, method, ok := strings.Cut(text, ".")
	letters := func(s string) bool {
		return s != "" && strings.IndexFunc(s, func(c rune) bool { return (c|0x20) < 'a' || (c|0x20) > 'z' }) < 0
	}
	return ok && len(text) <= 64 && letters(namespace) && letters(method)
}

// isReference reports whether a referenceId is one of this library's or a short number
// like those of Genesys' client.
func isReference(text string) bool {
	if number, ok := strings.CutPrefix(text, "go-"); ok {
		return len(number) <= 40 && strings.IndexFunc(number, func(c rune) bool {
			return c != '-' && c != '.' && (c < '0' || c > '9') && (c < 'a' || c > 'z')
		}) < 0
	}
	n, err := strconv.Atoi(text)
	return err == nil && n >= 0 && len(text) <= 6
}
