/*
 * The mesh as one node sees it. The server sends everything once ("state"), and then whatever is different
 * ("change"), several times a second at most. Whatever a member says about itself is text, never markup.
 */
(() => {
	'use strict';

	const WORDS = { 'alive': 'alive', 'suspect': 'suspect', 'dead': 'dead', 'non-decryptable': 'unreadable', 'left': 'left' };
	const STATUSES = Object.keys(WORDS);
	const ROWS = 100;
	const CHANGES = 256;
	const CHANGES_SHOWN = 100;
	const SILENCE = 30000;
	const FRESH = 3000;

	const collator = new Intl.Collator('en', { numeric: true });
	const members = new Map();
	const zones = new Map();
	const dirty = new Set();
	const view = { search: '', status: null, sort: 'uri', descending: false, chosen: null, rows: ROWS };
	let changes = [];
	let freshFrom = Infinity;
	let self = '';
	let clockOffset = 0;
	let frameRequested = false;
	let changesDirty = false;
	let allDirty = false;
	let orderDirty = false;
	let tableDue = 0;
	let focusable = null;

	const $ = (id) => document.getElementById(id);

	function element(name, className, text) {
		const result = document.createElement(name);
		if (className) {
			result.className = className;
		}
		if (text !== undefined) {
			result.textContent = text;
		}
		return result;
	}

	function icon(status) {
		const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
		const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
		svg.setAttribute('class', 'icon');
		svg.setAttribute('aria-hidden', 'true');
		svg.append(use);
		setIcon(svg, status);
		return svg;
	}

	function setIcon(svg, status) {
		setAttribute(svg.firstChild, 'href', '#' + status);
	}

	/** Setting what is there already would cost as much as a change. */
	function setAttribute(node, name, value) {
		if (node.getAttribute(name) !== value) {
			node.setAttribute(name, value);
		}
	}

	function setText(node, text) {
		if (node.textContent !== text) {
			node.textContent = text;
		}
	}

	// What is told

	const now = () => Date.now() + clockOffset;

	function duration(millis) {
		const seconds = Math.max(0, Math.floor(millis / 1000));
		if (seconds < 60) {
			return seconds + ' s';
		}
		if (seconds < 3600) {
			return Math.floor(seconds / 60) + ' min';
		}
		return (seconds < 2 * 86400) ? Math.floor(seconds / 3600) + ' h' : Math.floor(seconds / 86400) + ' days';
	}

	const age = (member) => (member.since === null) ? '' : duration(now() - member.since);
	const roundTrip = (member) => (member.rtt === null) ? '' : member.rtt.toFixed(member.rtt < 10 ? 2 : 0) + ' ms';

	function headline(change) {
		if (change.to === null) {
			return 'was removed';
		}
		if (change.from === null) {
			return (change.to === 'alive') ? 'appeared' : 'appeared as ' + WORDS[change.to];
		}
		if (change.to === 'alive') {
			return (change.from === 'suspect') ? 'is no longer suspect' : 'is back';
		}
		return (change.to === 'left') ? 'left' : (change.to === 'suspect') ? 'is suspected' : 'is ' + WORDS[change.to];
	}

	function listed(uris) {
		const shown = uris.slice(0, 4).map((uri) => (uri === self) ? 'this node' : uri);
		const more = uris.length - shown.length;
		return shown.join(', ') + ((more > 0) ? ' and ' + more + ' more' : '');
	}

	function because({ evidence, uri }) {
		const teller = (evidence.reporter === null) ? 'Somebody' : (evidence.reporter === self) ? 'This node' : evidence.reporter;
		const helpers = (evidence.helpers === 0) ? ', and there was nobody to ask for help'
			: (evidence.helpers === 1) ? ', nor to 1 helper' : ', nor to ' + evidence.helpers + ' helpers';
		switch (evidence.cause) {
			case 'started':
				return 'This node started.';
			case 'requested':
				return 'The application asked for it.';
			case 'probe-failed':
				return 'It did not answer this node' + helpers + '.';
			case 'refused':
				return 'It did not answer this node' + helpers + '. Nothing listens at its address.';
			case 'suspicion-timed-out':
				return 'It did not contradict the suspicion' + within(evidence) + '.' + accused(evidence);
			case 'unreadable-datagram':
				return 'Its datagrams cannot be read: another key, or none.';
			case 'rumor':
				return ((evidence.reporter === uri) ? 'It says so itself.' : teller + ' passed on the news.') + accused(evidence);
			case 'sync':
				return ((evidence.reporter === uri) ? 'It says so itself.' : teller + ' has it in its view.') + accused(evidence);
			case 'leave':
				return (evidence.reporter === null || evidence.reporter === uri) ? 'It said goodbye.' : teller + ' says so.';
			case 'refuted':
				return 'This node contradicted what ' + (evidence.reporter || 'somebody') + ' said.';
			case 'refutation':
				return ((evidence.suspected === null) ? 'It is back; ' : 'It contradicted the suspicion' + within(evidence) + '; ') + teller + ' brought the news.' + accused(evidence);
			case 'not-allowed':
				return 'It is not one of the allowed members.';
			case 'displaced':
				return 'It was gone, and made room for another member.';
			case 'forgotten':
				return 'It has been gone for long.';
			default:
				return evidence.summary;
		}
	}

	function within(evidence) {
		return (evidence.suspected === null) ? '' : ' within ' + (evidence.suspected / 1000).toFixed(1) + ' s';
	}

	function accused(evidence) {
		return (evidence.accusers.length > 0) ? ' Probed in vain by ' + listed(evidence.accusers) + '.' : '';
	}

	// News

	function replaceAll(state) {
		members.forEach(forget);
		changes = [];
		freshFrom = Infinity;
		allDirty = true;
		apply(state);
		freshFrom = (changes.length > 0) ? changes[0].id + 1 : 0;
	}

	function apply(news) {
		self = news.self;
		clockOffset = news.now - Date.now();
		for (const member of news.members) {
			const known = members.get(member.uri);
			orderDirty = orderDirty || !known || known.zone !== member.zone;
			members.set(member.uri, known ? Object.assign(known, member) : member);
			dirty.add(member.uri);
		}
		for (const uri of news.removed || []) {
			const known = members.get(uri);
			if (known) {
				forget(known);
			}
		}
		const last = (changes.length > 0) ? changes[0].id : 0;
		const fresh = news.changes.filter((change) => change.id > last).reverse();
		if (fresh.length > 0) {
			changes = fresh.concat(changes).slice(0, CHANGES);
			changesDirty = true;
			announceSoon();
		}
		requestFrame();
	}

	function forget(member) {
		members.delete(member.uri);
		orderDirty = true;
		dirty.delete(member.uri);
		if (member.tile) {
			member.tile.remove();
		}
		if (member.row) {
			member.row.remove();
		}
		if (member.uri === view.chosen) {
			view.chosen = null;
			changesDirty = true;
		}
		requestFrame();
	}

	// Drawing: once per frame at most, and only what is different

	function requestFrame() {
		if (!frameRequested) {
			frameRequested = true;
			requestAnimationFrame(draw);
		}
	}

	function userChangedView() {
		allDirty = true;
		orderDirty = true;
		changesDirty = true;
		tableDue = 0;
		requestFrame();
	}

	function draw() {
		frameRequested = false;
		const list = Array.from(members.values());
		const some = allDirty ? list : Array.from(dirty, (uri) => members.get(uri)).filter(Boolean);
		allDirty = false;
		dirty.clear();
		some.forEach(drawTile);
		drawMesh(list);
		some.filter((member) => member.row && member.row.isConnected).forEach(drawRow);
		if (orderDirty || isOrderOfChanges()) {
			drawTable(list);
		}
		if (changesDirty) {
			changesDirty = false;
			drawChanges();
		}
		drawChosen();
		drawCounts(list);
	}

	const zoneOf = (member) => (member.zone === null) ? '' : member.zone;

	function matches(member) {
		return (view.status === null || member.status === view.status) && (view.search === ''
			|| (member.uri + ' ' + zoneOf(member) + ' ' + WORDS[member.status]).toLowerCase().includes(view.search));
	}

	function drawTile(member) {
		if (!member.tile) {
			const tile = element('button', 'tile');
			tile.type = 'button';
			tile.tabIndex = -1;
			tile.append(icon(member.status), element('span', 'name', member.uri), element('span', 'detail'));
			tile.member = member;
			member.tile = tile;
		}
		const tile = member.tile;
		const zone = zoneBox(zoneOf(member));
		if (tile.parentNode !== zone.tiles) {
			zone.tiles.insertBefore(tile, successor(zone.tiles.children, member.uri));
		}
		const text = member.uri + ', ' + WORDS[member.status] + (member.zone ? ', zone ' + member.zone : '');
		setAttribute(tile, 'data-status', member.status);
		setAttribute(tile, 'title', text);
		setAttribute(tile, 'aria-label', text);
		setAttribute(tile, 'aria-pressed', String(member.uri === view.chosen));
		tile.classList.toggle('other', !matches(member));
		tile.classList.toggle('chosen', member.uri === view.chosen);
		setIcon(tile.firstChild, member.status);
		setText(tile.lastChild, (member.uri === self) ? 'this node'
			: WORDS[member.status] + (member.status === 'alive' && member.rtt !== null ? ' · ' + roundTrip(member) : ''));
	}

	/** Finds the tile before which one with a URI belongs. */
	function successor(tiles, uri) {
		let low = 0;
		let high = tiles.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (collator.compare(tiles[middle].member.uri, uri) < 0) {
				low = middle + 1;
			}
			else {
				high = middle;
			}
		}
		return tiles[low] || null;
	}

	function zoneBox(name) {
		if (!zones.has(name)) {
			const box = element('div', 'zone');
			const title = element('h3', '', name || 'no zone');
			const tiles = element('div', 'tiles');
			title.append(element('span'));
			box.append(title, tiles);
			const next = Array.from(zones.keys()).filter((other) => isBefore(name, other)).sort(collator.compare)[0];
			$('zones').insertBefore(box, (next !== undefined) ? zones.get(next).box : null);
			zones.set(name, { box, title, tiles });
		}
		return zones.get(name);
	}

	/** Members without a zone come last. */
	const isBefore = (zone, other) => zone !== '' && (other === '' || collator.compare(zone, other) < 0);

	function drawMesh(list) {
		const count = list.length;
		$('zones').dataset.size = (count <= 12) ? 'large' : (count <= 60) ? 'medium' : 'small';
		const sums = new Map();
		for (const member of list) {
			const sum = sums.get(zoneOf(member)) || { all: 0, alive: 0 };
			sum.all++;
			sum.alive += (member.status === 'alive') ? 1 : 0;
			sums.set(zoneOf(member), sum);
		}
		zones.forEach((zone, name) => {
			const sum = sums.get(name);
			if (!sum) {
				zone.box.remove();
				zones.delete(name);
				return;
			}
			zone.title.hidden = name === '' && sums.size === 1;
			setText(zone.title.lastChild, (sum.alive === sum.all) ? sum.all + ' alive' : sum.alive + ' of ' + sum.all + ' alive');
		});
		$('alone').hidden = count > 1;
		if (count <= 1) {
			$('alone').textContent = 'No other member is known yet. Start another node with membership.seeds=' + self;
		}
		if (!focusable || !focusable.isConnected) {
			setFocusable(document.querySelector('.tile'));
		}
	}

	function setFocusable(tile) {
		if (focusable) {
			focusable.tabIndex = -1;
		}
		focusable = tile;
		if (tile) {
			tile.tabIndex = 0;
		}
	}

	function drawRow(member) {
		if (!member.row) {
			const row = element('tr');
			const status = element('td');
			const uri = element('td', 'uri');
			const choose = element('button', '', member.uri);
			choose.type = 'button';
			uri.append(choose);
			status.append(icon(member.status), element('span', 'status-name'));
			row.append(status, uri, element('td', 'zone-name'), element('td', 'number age'), element('td', 'number'),
				element('td', 'number wide'));
			row.member = member;
			member.row = row;
		}
		const [status, uri, zone, since, rtt, incarnation] = member.row.children;
		setAttribute(status, 'data-status', member.status);
		setAttribute(status, 'title', WORDS[member.status]);
		setIcon(status.firstChild, member.status);
		setText(status.lastChild, WORDS[member.status]);
		if (member.uri === self && uri.children.length === 1) {
			uri.append(element('span', 'me', 'this node'));
		}
		else if (member.uri !== self && uri.children.length > 1) {
			uri.lastChild.remove();
		}
		setText(zone, zoneOf(member));
		setAttribute(zone, 'title', zoneOf(member));
		setText(since, age(member));
		setText(rtt, roundTrip(member));
		setText(incarnation, String(member.incarnation));
		member.row.classList.toggle('chosen', member.uri === view.chosen);
	}

	const keys = {
		uri: (member) => member.uri,
		zone: zoneOf,
		status: (member) => -STATUSES.indexOf(member.status),
		since: (member) => (member.since === null) ? Infinity : -member.since,
		rtt: (member) => (member.rtt === null) ? Infinity : member.rtt,
		incarnation: (member) => member.incarnation
	};

	function inOrder(one, other) {
		const key = keys[view.sort];
		const left = key(one);
		const right = key(other);
		const order = (typeof left === 'string') ? collator.compare(left, right) : (left === right) ? 0 : (left < right) ? -1 : 1;
		return (view.descending ? -order : order) || collator.compare(one.uri, other.uri);
	}

	/** Tells whether a change of a status can move a member within the table, or out of it. */
	const isOrderOfChanges = () => view.search !== '' || view.status !== null || !['uri', 'zone'].includes(view.sort);

	function drawTable(list) {
		const wait = tableDue - performance.now();
		if (wait > 0) {
			setTimeout(requestFrame, wait);
			return;
		}
		orderDirty = false;
		tableDue = (list.length > 2000) ? performance.now() + 1000 : 0;
		const matching = list.filter(matches).sort(inOrder);
		const shown = matching.slice(0, view.rows);
		shown.filter((member) => !member.row || !member.row.isConnected).forEach(drawRow);
		arrange($('rows'), shown.map((member) => member.row));
		setText($('shown'), (matching.length === list.length) ? String(list.length) : matching.length + ' of ' + list.length);
		$('nobody').hidden = matching.length > 0 || list.length === 0;
		$('more').hidden = matching.length <= shown.length;
		setText($('show-more'), 'Show all ' + matching.length);
	}

	/** Makes these the children of a node, and moves no more of them than it has to. */
	function arrange(parent, nodes) {
		const wanted = new Set(nodes);
		Array.from(parent.children).filter((child) => !wanted.has(child)).forEach((child) => child.remove());
		let next = parent.firstChild;
		for (const node of nodes) {
			if (node === next) {
				next = next.nextSibling;
			}
			else {
				parent.insertBefore(node, next);
			}
		}
	}

	function drawChanges() {
		const shown = changes.filter(isShown).slice(0, CHANGES_SHOWN);
		shown.forEach((change) => change.item = change.item || changeItem(change));
		arrange($('changes'), shown.map((change) => change.item));
		$('quiet').hidden = shown.length > 0;
		setText($('quiet'), (changes.length > 0) ? 'Nothing of this has happened lately.' : 'Nothing has happened yet.');
		setText($('timeline-of'), (shown.length > 0) ? 'the last ' + shown.length : '');
	}

	function isShown(change) {
		return (view.chosen === null || change.uri === view.chosen)
			&& (view.status === null || change.to === view.status)
			&& (view.search === '' || change.uri.toLowerCase().includes(view.search)
				|| (members.has(change.uri) && matches(members.get(change.uri))));
	}

	function changeItem(change) {
		const item = element('li', (change.id >= freshFrom) ? 'fresh' : '');
		const what = element('span');
		const at = new Date(change.at);
		const time = element('time', '', at.toLocaleTimeString('en-GB'));
		time.dateTime = at.toISOString();
		time.title = at.toLocaleString();
		what.append(element('b', '', change.uri), ' ' + headline(change));
		const why = element('span', 'why', because(change));
		why.title = change.evidence.summary;
		item.append(icon(change.to || 'removed'), what, time, why);
		item.dataset.status = change.to || 'removed';
		setTimeout(() => item.classList.remove('fresh'), FRESH);
		return item;
	}

	function drawChosen() {
		const member = members.get(view.chosen);
		const box = $('selected');
		box.hidden = !member;
		if (!member) {
			return;
		}
		const facts = [WORDS[member.status] + (member.since === null ? '' : ' for ' + age(member)),
			member.zone && 'zone ' + member.zone, member.rtt !== null && 'round trip ' + roundTrip(member),
			'incarnation ' + member.incarnation];
		const text = facts.filter(Boolean).join(' · ');
		if (box.children.length === 0) {
			const clear = element('button', '', 'Show all members');
			clear.type = 'button';
			clear.addEventListener('click', () => choose(null));
			box.append(element('b'), element('span'), clear);
		}
		setText(box.children[0], member.uri);
		setText(box.children[1], text);
	}

	function drawCounts(list) {
		const counts = {};
		list.forEach((member) => counts[member.status] = (counts[member.status] || 0) + 1);
		for (const button of $('counts').children) {
			const count = counts[button.dataset.status] || 0;
			setText(button.children[1], String(count));
			button.classList.toggle('none', count === 0);
			button.setAttribute('aria-pressed', String(view.status === button.dataset.status));
		}
		setText($('self'), self);
		const alive = (counts.alive || 0) + '/' + (list.length - (counts.left || 0)) + ' alive · Membership';
		if (document.title !== alive) {
			document.title = alive;
		}
	}

	let announcement = 0;

	/** For screen readers, which shall not be flooded. */
	function announceSoon() {
		if (announcement === 0) {
			announcement = setTimeout(() => {
				announcement = 0;
				setText($('announcement'), Array.from($('counts').children, (button) => button.textContent).join(', '));
			}, 5000);
		}
	}

	// What the user does

	function choose(uri) {
		const before = members.get(view.chosen);
		view.chosen = (uri === view.chosen) ? null : uri;
		[before, members.get(view.chosen)].filter(Boolean).forEach((member) => dirty.add(member.uri));
		changesDirty = true;
		requestFrame();
	}

	function sortBy(key) {
		view.descending = key === view.sort && !view.descending;
		view.sort = key;
		document.querySelectorAll('th').forEach((header) => {
			const sorted = header.firstElementChild.dataset.sort === key;
			if (sorted) {
				header.setAttribute('aria-sort', view.descending ? 'descending' : 'ascending');
			}
			else {
				header.removeAttribute('aria-sort');
			}
		});
		orderDirty = true;
		tableDue = 0;
		requestFrame();
	}

	function searchFor(text) {
		view.search = text.trim().toLowerCase();
		userChangedView();
	}

	function showAll() {
		$('search').value = '';
		view.status = null;
		view.chosen = null;
		searchFor('');
	}

	function moveFocus(event) {
		const tile = event.target.closest('.tile');
		const tiles = Array.from(document.querySelectorAll('.tile'));
		const next = tile && neighbour(event.key, tiles, tiles.indexOf(tile));
		if (next) {
			event.preventDefault();
			setFocusable(next);
			next.focus();
		}
	}

	function neighbour(key, tiles, index) {
		switch (key) {
			case 'ArrowRight':
				return tiles[index + 1];
			case 'ArrowLeft':
				return tiles[index - 1];
			case 'Home':
				return tiles[0];
			case 'End':
				return tiles[tiles.length - 1];
			case 'ArrowDown':
				return nearest(tiles[index], tiles.slice(index + 1), 1);
			case 'ArrowUp':
				return nearest(tiles[index], tiles.slice(0, index).reverse(), -1);
			default:
				return null;
		}
	}

	/** Finds the tile of the next row that is the nearest one. */
	function nearest(tile, others, direction) {
		const from = tile.getBoundingClientRect();
		const boxes = others.map((other) => ({ other, box: other.getBoundingClientRect() }))
			.filter(({ box }) => direction * (box.top - from.top) > from.height / 2);
		const rows = boxes.map(({ box }) => direction * box.top);
		const row = Math.min(...rows);
		const inRow = boxes.filter(({ box }) => Math.abs(direction * box.top - row) < from.height / 2);
		inRow.sort((one, other) => Math.abs(one.box.left - from.left) - Math.abs(other.box.left - from.left));
		return (inRow.length > 0) ? inRow[0].other : null;
	}

	function onKey(event) {
		const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
		if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
			event.preventDefault();
			$('search').focus();
		}
		else if (event.key === 'Escape') {
			showAll();
		}
	}

	function listen() {
		for (const status of STATUSES) {
			const button = element('button');
			button.type = 'button';
			button.dataset.status = status;
			button.append(icon(status), element('b', '', '–'), ' ', element('span', '', WORDS[status]));
			button.addEventListener('click', () => {
				view.status = (view.status === status) ? null : status;
				userChangedView();
			});
			$('counts').append(button);
		}
		document.querySelectorAll('[data-sort]').forEach((button) =>
			button.addEventListener('click', () => sortBy(button.dataset.sort)));
		$('search').addEventListener('input', (event) => searchFor(event.target.value));
		$('reset').addEventListener('click', showAll);
		$('show-more').addEventListener('click', () => {
			view.rows = Infinity;
			orderDirty = true;
			requestFrame();
		});
		$('zones').addEventListener('click', (event) => {
			const tile = event.target.closest('.tile');
			if (tile) {
				setFocusable(tile);
				choose(tile.member.uri);
			}
		});
		$('zones').addEventListener('keydown', moveFocus);
		$('rows').addEventListener('click', (event) => {
			const button = event.target.closest('button');
			if (button) {
				choose(button.closest('tr').member.uri);
			}
		});
		document.addEventListener('keydown', onKey);
		$('theme').value = theme();
		$('theme').addEventListener('change', (event) => {
			remember(event.target.value);
			applyTheme();
		});
		setInterval(() => {
			for (const row of $('rows').children) {
				setText(row.children[3], age(row.member));
			}
			drawChosen();
		}, 5000);
	}

	// Theme

	const darkSystem = matchMedia('(prefers-color-scheme: dark)');
	let chosenTheme = null;

	function theme() {
		try {
			return chosenTheme || localStorage.getItem('membership.theme') || 'auto';
		}
		catch (forbidden) {
			return 'auto';
		}
	}

	function remember(value) {
		chosenTheme = value;
		try {
			localStorage.setItem('membership.theme', value);
		}
		catch (forbidden) {
			// It lasts as long as the page then
		}
	}

	function applyTheme() {
		const dark = (theme() === 'auto') ? darkSystem.matches : theme() === 'dark';
		document.documentElement.dataset.theme = dark ? 'dark' : 'light';
	}

	// Connection

	let source = null;
	let lastEventId = '';
	let lastHeard = 0;
	let delay = 0;

	function connect() {
		source = new EventSource('events' + (lastEventId ? '?lastEventId=' + encodeURIComponent(lastEventId) : ''));
		lastHeard = Date.now();
		source.onopen = heard;
		source.onerror = () => lost('Connection lost, retrying.');
		source.addEventListener('beat', heard);
		source.addEventListener('end', () => lost('This node has stopped. Waiting for it to come back.'));
		source.addEventListener('state', (event) => told(event, replaceAll));
		source.addEventListener('change', (event) => told(event, apply));
	}

	function told(event, use) {
		heard();
		lastEventId = event.lastEventId;
		use(JSON.parse(event.data));
	}

	function heard() {
		lastHeard = Date.now();
		delay = 0;
		show('live');
	}

	function lost(text) {
		source.close();
		show('lost', text + ' What you see is as of ' + new Date(lastHeard).toLocaleTimeString('en-GB') + '.');
		delay = Math.min(5000, delay + 1000);
		setTimeout(connect, delay);
	}

	function show(state, text) {
		if ($('connection').dataset.state !== state || text) {
			$('connection').dataset.state = state;
			setText($('connection'), (state === 'live') ? 'live' : 'not connected');
			$('banner').hidden = !text;
			setText($('banner'), text || '');
			document.body.classList.toggle('stale', state !== 'live');
		}
	}

	/** A connection can be gone without anybody noticing. */
	function watch() {
		if (source.readyState !== EventSource.CLOSED && Date.now() - lastHeard > SILENCE) {
			lost('Nothing was heard from this node for long, retrying.');
		}
	}

	applyTheme();
	darkSystem.addEventListener('change', applyTheme);
	document.addEventListener('DOMContentLoaded', () => {
		listen();
		connect();
		setInterval(watch, 5000);
	});

})();
